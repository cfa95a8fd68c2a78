import { sendMedia } from '../sending/send-media.ts';
import type { Method } from './method.ts';

export const sendVideo: Method = (call) => sendMedia(call, 'video');
