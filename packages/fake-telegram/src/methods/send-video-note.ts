import type { Method } from '../sending/method-call.ts';
import { sendMedia } from '../sending/send-media.ts';

export const sendVideoNote: Method = (call) => sendMedia(call, 'video_note');
