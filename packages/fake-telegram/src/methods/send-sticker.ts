import { sendMedia } from '../sending/send-media.ts';
import type { Method } from './method.ts';

export const sendSticker: Method = (call) => sendMedia(call, 'sticker');
