import { sendMedia } from '../sending/send-media.ts';
import type { Method } from './method.ts';

export const sendVoice: Method = (call) => sendMedia(call, 'voice');
