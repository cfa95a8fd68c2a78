import { editMessage } from '../sending/edit-message.ts';
import { readText } from '../sending/read-text.ts';
import { textFields } from '../sending/send-content.ts';
import { without } from '../sending/without.ts';
import { badRequest } from '../server/api-error.ts';
import type { Method } from './method.ts';

export const editMessageText: Method = (call) => {
  const formatted = readText(call, 'text');
  return editMessage(call, (message) => {
    if (message.text === undefined) throw badRequest('there is no text in the message to edit');
    return { ...without(message, 'text', 'entities'), ...textFields('text', formatted) };
  });
};
