import { badRequest } from '../call/api-error.ts';
import { editMessage } from '../sending/edit-message.ts';
import type { Method } from '../sending/method-call.ts';
import { omitFields } from '../sending/omit-fields.ts';
import { readText } from '../sending/read-text.ts';
import { textFields } from '../sending/send-content.ts';

const captioned = ['photo', 'video', 'animation', 'audio', 'voice', 'document'];

export const editMessageCaption: Method = (call) => {
  const formatted = readText(call, 'caption');
  return editMessage(call, (message) => {
    if (!captioned.some((kind) => kind in message)) throw badRequest('there is no caption in the message to edit');
    return { ...omitFields(message, 'caption', 'caption_entities'), ...textFields('caption', formatted) };
  });
};
