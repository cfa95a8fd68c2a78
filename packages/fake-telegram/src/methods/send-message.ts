import type { Method } from '../sending/method-call.ts';
import { readText } from '../sending/read-text.ts';
import { sendContent, textFields } from '../sending/send-content.ts';

export const sendMessage: Method = (call) => sendContent(call, textFields('text', readText(call, 'text')));
