import { sendMedia } from '../sending/send-media.ts';
import type { Method } from './method.ts';

export const sendDocument: Method = (call) => sendMedia(call, 'document');
