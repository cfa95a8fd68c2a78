import { sendMedia } from '../sending/send-media.ts';
import type { Method } from './method.ts';

export const sendPhoto: Method = (call) => sendMedia(call, 'photo');
