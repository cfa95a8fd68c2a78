import { sendMedia } from '../sending/send-media.ts';
import type { Method } from './method.ts';

export const sendVideoNote: Method = (call) => sendMedia(call, 'video_note');
