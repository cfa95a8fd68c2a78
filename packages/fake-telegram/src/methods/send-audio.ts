import { sendMedia } from '../sending/send-media.ts';
import type { Method } from './method.ts';

export const sendAudio: Method = (call) => sendMedia(call, 'audio');
