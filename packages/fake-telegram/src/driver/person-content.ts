import { detectEntities } from '../entities/detect-entities.ts';
import { imageSize } from '../sending/image-size.ts';
import { mediaField } from '../sending/media-objects.ts';
import { samplePng } from '../sending/sample-png.ts';
import type { Room } from '../state/bot-state.ts';
import type { PersonState } from '../state/person-state.ts';
import { defined } from '../state/rooms.ts';
import type { World } from '../state/world.ts';
import type { Contact, JsonObject, Message } from '../telegram-objects.ts';

export interface PhotoToSend {
  bytes?: Uint8Array;
  caption?: string;
}

export interface DocumentToSend {
  bytes?: Uint8Array;
  name?: string;
  mime_type?: string;
  caption?: string;
}

/** Returns a text with entities for its commands, links and mentions, as a Telegram app sends it. */
export function textContent(text: string, replyTo?: Message): JsonObject {
  const entities = detectEntities(text, []);
  return {
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(replyTo ? { reply_to_message: replyTo } : {}),
  };
}

/** Returns a photo. It is a file of the first bot in the room, because a file ID is valid for one bot only. */
export function photoContent(world: World, room: Room, photo: PhotoToSend): JsonObject {
  const bytes = photo.bytes ?? samplePng(320, 240, room.events.length);
  const file = store(world, room, { kind: 'photo', name: 'photo.png', mime_type: 'image/png', bytes });
  return { ...mediaField('photo', file), ...defined({ caption: photo.caption }) };
}

export function documentContent(world: World, room: Room, document: DocumentToSend): JsonObject {
  const bytes = document.bytes ?? new TextEncoder().encode('A document.\n');
  const name = document.name ?? 'document.txt';
  const file = store(world, room, { kind: 'document', name, mime_type: document.mime_type ?? 'text/plain', bytes });
  return { ...mediaField('document', file), ...defined({ caption: document.caption }) };
}

export interface VideoToSend {
  bytes?: Uint8Array;
  caption?: string;
}

export function videoContent(world: World, room: Room, video: VideoToSend): JsonObject {
  const bytes = video.bytes ?? new TextEncoder().encode('A video.\n');
  const file = store(world, room, { kind: 'video', name: 'video.mp4', mime_type: 'video/mp4', bytes });
  return { ...mediaField('video', file), ...defined({ caption: video.caption }) };
}

/** Returns a voice message. */
export function voiceContent(
  world: World,
  room: Room,
  bytes: Uint8Array = new TextEncoder().encode('A voice.\n'),
): JsonObject {
  return mediaField('voice', store(world, room, { kind: 'voice', name: 'voice.ogg', mime_type: 'audio/ogg', bytes }));
}

/** Returns a contact. Only the person's own contact contains their user ID. */
export function contactContent(person: PersonState, contact?: Contact): JsonObject {
  const { first_name, last_name, id } = person.user;
  return {
    contact: contact ?? { phone_number: person.phone_number, first_name, ...defined({ last_name }), user_id: id },
  };
}

function store(world: World, room: Room, file: { kind: string; name: string; mime_type: string; bytes: Uint8Array }) {
  const [bot] = room.bots;
  return world.files.add({ ...file, ...imageSize(file.bytes), bot_id: bot?.user.id ?? 0 });
}
