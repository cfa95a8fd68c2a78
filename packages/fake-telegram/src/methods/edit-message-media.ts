import { badRequest } from '../call/api-error.ts';
import { isObject } from '../parameters/read-parameters.ts';
import { editMessage } from '../sending/edit-message.ts';
import { mediaItem } from '../sending/media-item.ts';
import type { Method } from '../sending/method-call.ts';
import { omitFields } from '../sending/omit-fields.ts';

const kinds = ['photo', 'video', 'animation', 'audio', 'document'] as const;
/** The fields that new media replaces. A sticker, a location and similar content cannot be replaced. */
const replaced = [
  'text',
  'entities',
  'link_preview_options',
  'caption',
  'caption_entities',
  'has_media_spoiler',
  'show_caption_above_media',
  ...kinds,
];

export const editMessageMedia: Method = (call) => {
  const media = call.parameters.object('media');
  if (!isObject(media)) throw badRequest("can't parse InputMedia");
  return editMessage(call, (message) => {
    if (message.text === undefined && !kinds.some((kind) => kind in message))
      throw badRequest("message can't be edited");
    return { ...omitFields(message, ...replaced), ...mediaItem(call, media, kinds) };
  });
};
