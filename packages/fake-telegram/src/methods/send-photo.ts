import type { Method } from '../sending/method-call.ts';
import { sendMedia } from '../sending/send-media.ts';

export const sendPhoto: Method = (call) => sendMedia(call, 'photo');
