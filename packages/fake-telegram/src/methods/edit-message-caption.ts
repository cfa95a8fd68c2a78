import { editMessage } from '../sending/edit-message.ts';
import { readText } from '../sending/read-text.ts';
import { textFields } from '../sending/send-content.ts';
import { without } from '../sending/without.ts';
import { badRequest } from '../server/api-error.ts';
import type { Method } from './method.ts';

const captioned = ['photo', 'video', 'animation', 'audio', 'voice', 'document'];

export const editMessageCaption: Method = (call) => {
  const formatted = readText(call, 'caption');
  return editMessage(call, (message) => {
    if (!captioned.some((kind) => kind in message)) throw badRequest('there is no caption in the message to edit');
    return { ...without(message, 'caption', 'caption_entities'), ...textFields('caption', formatted) };
  });
};
