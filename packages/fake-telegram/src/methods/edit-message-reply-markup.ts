import { editMessage } from '../sending/edit-message.ts';
import type { Method } from './method.ts';

export const editMessageReplyMarkup: Method = (call) => editMessage(call, (message) => message);
