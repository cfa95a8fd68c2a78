import { badRequest } from '../call/api-error.ts';
import { editMessage } from '../sending/edit-message.ts';
import type { Method } from '../sending/method-call.ts';
import { omitFields } from '../sending/omit-fields.ts';
import { readText } from '../sending/read-text.ts';
import { textFields } from '../sending/send-content.ts';

export const editMessageText: Method = (call) => {
  const formatted = readText(call, 'text');
  return editMessage(call, (message) => {
    if (message.text === undefined) throw badRequest('there is no text in the message to edit');
    return { ...omitFields(message, 'text', 'entities'), ...textFields('text', formatted) };
  });
};
