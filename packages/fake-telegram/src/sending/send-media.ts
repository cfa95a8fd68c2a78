import { defined } from '../state/rooms.ts';
import type { JsonObject, Message } from '../telegram-objects.ts';
import { mediaParameter } from './find-media.ts';
import { findWritableRoom } from './find-room.ts';
import { mediaField, type MediaKind } from './media-objects.ts';
import type { MethodCall } from './method-call.ts';
import { readText } from './read-text.ts';
import { sendContent, textFields } from './send-content.ts';

/** Parameters that Telegram copies to the media object of the result. */
const details: Record<MediaKind, readonly string[]> = {
  photo: [],
  document: [],
  sticker: ['emoji'],
  voice: ['duration'],
  audio: ['duration', 'performer', 'title'],
  video: ['duration', 'width', 'height'],
  animation: ['duration', 'width', 'height'],
  video_note: ['duration', 'length'],
};

/** Creates the method that sends the file of the parameter with this name, and its caption. */
export function sendMedia(call: MethodCall, kind: MediaKind): Message {
  // Checked before the file is read, so that an upload to a forbidden chat is not stored.
  findWritableRoom(call);
  const caption = readText(call, 'caption');
  const given: JsonObject = Object.fromEntries(details[kind].map((name) => [name, call.parameters.values[name]]));
  return sendContent(call, {
    ...mediaField(kind, mediaParameter(call, kind), defined(given)),
    ...textFields('caption', caption),
    ...defined({
      has_media_spoiler: call.parameters.boolean('has_spoiler') || undefined,
      show_caption_above_media: call.parameters.boolean('show_caption_above_media') || undefined,
    }),
  });
}
