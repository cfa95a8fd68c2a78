import type { Room } from '../state/bot-state.ts';
import type { PersonState } from '../state/person-state.ts';
import { inlineRows } from '../state/room.ts';
import type { World } from '../state/world.ts';
import type { InlineKeyboardButton, JsonObject, KeyboardButton, Message } from '../telegram-objects.ts';
import { contactContent, textContent } from './person-content.ts';

/** The button or key with a label, or the reason why it was not found. */
export type FoundButton =
  | { kind: 'inline'; message: Message; button: InlineKeyboardButton }
  /** A key of the reply keyboard. Pressing it sends `content`. */
  | { kind: 'key'; content: (person: PersonState) => JsonObject }
  | { kind: 'missing'; reason: string };

/**
 * Finds a button in a message, then in the open reply keyboard.
 *
 * @param on - the message; the bot's last one if undefined
 */
export function findButton(world: World, room: Room, label: string, on: Message | undefined): FoundButton {
  const message = currentMessage(world, room, on);
  const inline = message && inlineRows(message).flat();
  const button = inline?.find((candidate) => candidate.text === label);
  if (message && button) return toFoundButton(message, button);
  const keys = on ? [] : (room.keyboard?.keyboard.flat() ?? []);
  const key = keys.find((candidate) => candidate.text === label);
  if (key) return { kind: 'key', content: (person) => keyContent(key, person) };
  return { kind: 'missing', reason: describeAvailable(room, label, message, keys) };
}

function toFoundButton(message: Message, button: InlineKeyboardButton): FoundButton {
  if (button.callback_data !== undefined) return { kind: 'inline', message, button };
  if (button.pay === true) return { kind: 'missing', reason: 'it is a Pay button: use pay()' };
  if (button.url !== undefined) {
    return { kind: 'missing', reason: `it opens ${button.url} in a browser, and the bot receives no update` };
  }
  return { kind: 'missing', reason: 'it has no callback_data, so the bot receives no update' };
}

/** Returns the current version of a message: the object that a test passes may be older than the last edit. */
function currentMessage(world: World, room: Room, on: Message | undefined): Message | undefined {
  if (on) return room.messages.get(on.message_id) ?? on;
  const event = room.events.findLast((candidate) => candidate.kind === 'message' && world.botsById.has(candidate.from));
  return event?.kind === 'message' ? room.messages.get(event.message.message_id) : undefined;
}

/** Returns the content that pressing a key of a reply keyboard sends. */
export function keyContent(key: KeyboardButton, person: PersonState): JsonObject {
  if (key.request_contact) return contactContent(person);
  if (key.request_location) return { location: { latitude: 52.52, longitude: 13.405 } };
  return textContent(key.text);
}

function describeAvailable(room: Room, label: string, message: Message | undefined, keys: KeyboardButton[]): string {
  const inline = message ? inlineRows(message).flat() : [];
  const list = (buttons: { text: string }[]) => buttons.map((button) => `[${button.text}]`).join(' ');
  const elsewhere = [...room.messages.values()].findLast((other) =>
    inlineRows(other)
      .flat()
      .some((button) => button.text === label),
  );
  return [
    message === undefined ? 'the bot has not written yet' : '',
    message && inline.length === 0 ? "the bot's last message has no buttons" : '',
    inline.length > 0 ? `the message has the buttons ${list(inline)}` : '',
    keys.length > 0 ? `the reply keyboard has ${list(keys)}` : '',
    elsewhere ? `message ${elsewhere.message_id} has it: pass that message as { on }` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}
