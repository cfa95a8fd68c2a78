import { badRequest } from '../server/api-error.ts';
import { isObject } from '../parameters/read-parameters.ts';
import { findMedia } from '../sending/find-media.ts';
import { findWritableRoom } from '../sending/find-room.ts';
import type { MediaKind } from '../sending/media-objects.ts';
import { mediaField } from '../sending/media-objects.ts';
import { formatText } from '../sending/read-text.ts';
import { sendContent, textFields } from '../sending/send-content.ts';
import type { JsonObject } from '../telegram-objects.ts';
import type { Method, MethodCall } from './method.ts';

const kinds = ['photo', 'video', 'document', 'audio'] as const satisfies readonly MediaKind[];

export const sendMediaGroup: Method = (call) => {
  const media = (call.parameters.list('media') ?? []).filter(isObject);
  if (media.length < 2) throw badRequest('album must contain from 2 to 10 items');
  if (media.length > 10) throw badRequest('too many messages to send as an album');
  findWritableRoom(call);
  const types = new Set(media.map((item) => item.type));
  if (types.size > 1 && (types.has('document') || types.has('audio'))) {
    throw badRequest("document and audio can't be mixed with other media types");
  }
  const group = String(call.world.nextId('callback'));
  const contents = media.map((item) => ({ media_group_id: group, ...albumItem(call, item) }));
  return contents.map((content) => sendContent(call, content));
};

function albumItem(call: MethodCall, item: JsonObject): JsonObject {
  const kind = kinds.find((known) => known === item.type);
  if (!kind || typeof item.media !== 'string') throw badRequest("can't parse InputMedia");
  const entities = Array.isArray(item.caption_entities) ? item.caption_entities : undefined;
  const parseMode = typeof item.parse_mode === 'string' ? item.parse_mode : undefined;
  const caption = formatText(typeof item.caption === 'string' ? item.caption : '', parseMode, entities);
  if ([...caption.text].length > 1024) throw badRequest('message caption is too long');
  return { ...mediaField(kind, findMedia(call, item.media, kind)), ...textFields('caption', caption) };
}
