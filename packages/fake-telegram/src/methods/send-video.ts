import type { Method } from '../sending/method-call.ts';
import { sendMedia } from '../sending/send-media.ts';

export const sendVideo: Method = (call) => sendMedia(call, 'video');
