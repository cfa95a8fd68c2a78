import { sendMedia } from '../sending/send-media.ts';
import type { Method } from './method.ts';

export const sendAnimation: Method = (call) => sendMedia(call, 'animation');
