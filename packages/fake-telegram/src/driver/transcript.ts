import type { Room } from '../state/bot-state.ts';
import type { RoomEvent } from '../state/room-event.ts';
import { inlineRows } from '../state/room.ts';
import type { World } from '../state/world.ts';
import type { Message } from '../telegram-objects.ts';

/** Returns the conversation in a room, one line per event. */
export function transcript(world: World, room: Room): string {
  return room.events.map((event) => describeEvent(world, room, event)).join('\n');
}

/** Describes one event in one line. */
export function describeEvent(world: World, room: Room, event: RoomEvent): string {
  const who = nameOf(world, room, event.from);
  switch (event.kind) {
    case 'message':
      return `${who}: ${describeMessage(event.message)}`;
    case 'edit':
      return `${who} changes message ${event.message.message_id}: ${describeMessage(event.message)}`;
    case 'delete':
      return `${who} deletes message ${event.message_id}`;
    case 'press':
      return `${who} presses [${event.text}]`;
    case 'answer':
      return `${who} answers the press${event.text === '' ? '' : `: ${event.text}`}`;
    case 'checkout':
      return `${who} pays message ${event.message_id}`;
    case 'checkout_answer':
      return event.text === '' ? `${who} accepts the payment` : `${who} refuses the payment: ${event.text}`;
    case 'action':
      return `${who} is busy: ${event.action}`;
    case 'block':
      return `${who} ${event.blocked ? 'blocks' : 'unblocks'} the bot`;
  }
}

/** Describes a message: its media, its text and its buttons. */
export function describeMessage(message: Message): string {
  const media = mediaKinds.find((kind) => kind in message);
  const text = messageText(message);
  const buttons = inlineRows(message).map((row) => row.map((button) => `[${button.text}]`).join(' '));
  return [...(media ? [`<${media}>`] : []), ...(text === '' ? [] : [text]), ...buttons].join(' ');
}

/** Returns the text of a message: its text, its caption, or the title of its invoice. */
export function messageText(message: Message): string {
  return message.text ?? message.caption ?? message.invoice?.title ?? '';
}

const mediaKinds = [
  'photo',
  'video',
  'animation',
  'audio',
  'voice',
  'video_note',
  'document',
  'sticker',
  'venue',
  'location',
  'contact',
  'poll',
  'dice',
  'invoice',
  'successful_payment',
  'refunded_payment',
];

function nameOf(world: World, room: Room, id: number): string {
  const person = room.people.get(id) ?? world.people.get(id);
  return person?.user.first_name ?? `@${world.botsById.get(id)?.user.username ?? id}`;
}
