import { editMessage } from '../sending/edit-message.ts';
import type { Method } from '../sending/method-call.ts';

export const editMessageReplyMarkup: Method = (call) => editMessage(call, (message) => message);
