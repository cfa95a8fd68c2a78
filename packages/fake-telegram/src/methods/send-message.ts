import { readText } from '../sending/read-text.ts';
import { sendContent, textFields } from '../sending/send-content.ts';
import type { Method } from './method.ts';

export const sendMessage: Method = (call) => sendContent(call, textFields('text', readText(call, 'text')));
