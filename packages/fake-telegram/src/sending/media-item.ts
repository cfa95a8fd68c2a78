import { badRequest } from '../call/api-error.ts';
import { defined } from '../state/rooms.ts';
import type { JsonObject } from '../telegram-objects.ts';
import { findMedia } from './find-media.ts';
import { mediaField, type MediaKind } from './media-objects.ts';
import type { MethodCall } from './method-call.ts';
import { formatText } from './read-text.ts';
import { textFields } from './send-content.ts';

/** Converts an `InputMedia` of one of these kinds to fields of a message. */
export function mediaItem(call: MethodCall, item: JsonObject, kinds: readonly MediaKind[]): JsonObject {
  const kind = kinds.find((known) => known === item.type);
  if (!kind || typeof item.media !== 'string') throw badRequest("can't parse InputMedia");
  const entities = Array.isArray(item.caption_entities) ? item.caption_entities : undefined;
  const parseMode = typeof item.parse_mode === 'string' ? item.parse_mode : undefined;
  const caption = formatText(typeof item.caption === 'string' ? item.caption : '', parseMode, entities);
  if ([...caption.text].length > 1024) throw badRequest('message caption is too long');
  return {
    ...mediaField(kind, findMedia(call, item.media, kind)),
    ...textFields('caption', caption),
    ...defined({
      has_media_spoiler: item.has_spoiler === true || undefined,
      show_caption_above_media: item.show_caption_above_media === true || undefined,
    }),
  };
}
