import { badRequest } from '../call/api-error.ts';
import { isObject } from '../parameters/read-parameters.ts';
import { findWritableRoom } from '../sending/find-room.ts';
import { mediaItem } from '../sending/media-item.ts';
import type { MediaKind } from '../sending/media-objects.ts';
import type { Method } from '../sending/method-call.ts';
import { sendContent } from '../sending/send-content.ts';

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
  const contents = media.map((item) => ({ media_group_id: group, ...mediaItem(call, item, kinds) }));
  return contents.map((content) => sendContent(call, content));
};
