import { badRequest } from '../call/api-error.ts';
import { keyContent } from '../driver/find-button.ts';
import { contactContent, documentContent, photoContent, textContent } from '../driver/person-content.ts';
import { waitForEvent } from '../driver/wait-for-event.ts';
import { isObject } from '../parameters/read-parameters.ts';
import { setBlocked } from '../state/block-bot.ts';
import type { BotState, Room } from '../state/bot-state.ts';
import { beginCheckout, checkoutLifetimeMs, completePayment } from '../state/checkout.ts';
import type { PersonState } from '../state/person-state.ts';
import { pressButton } from '../state/press-button.ts';
import { inlineRows } from '../state/room.ts';
import { receiveFromPerson } from '../state/rooms.ts';
import type { World } from '../state/world.ts';
import type { JsonObject } from '../telegram-objects.ts';

/** A person in the private chat with a bot. */
export interface Actor {
  world: World;
  bot: BotState;
  room: Room;
  person: PersonState;
}

/**
 * Performs an action of the page.
 *
 * @throws ApiError 400 - when the action is not possible
 */
export function act(actor: Actor, action: JsonObject): void {
  const perform = typeof action.kind === 'string' ? actions[action.kind] : undefined;
  if (!perform) throw badRequest('unknown action');
  perform(actor, action);
}

const actions: Record<string, ((actor: Actor, action: JsonObject) => void) | undefined> = {
  text: (actor, { text }) => {
    if (typeof text !== 'string' || text.trim() === '' || text.length > 4096)
      throw badRequest('a text must have 1-4096 characters');
    receive(actor, textContent(text.trim()));
  },
  press: ({ world, room, person }, action) => {
    const message = room.messages.get(Number(action.message_id));
    const button = message && inlineRows(message)[Number(action.row)]?.[Number(action.column)];
    if (!message || !button) throw badRequest('this button is gone');
    pressButton(world, room, person, message, button);
  },
  key: (actor, action) => {
    const key = actor.room.keyboard?.keyboard[Number(action.row)]?.[Number(action.column)];
    if (!key) throw badRequest('this key is gone');
    receive(actor, keyContent(key, actor.person));
    if (actor.room.keyboard?.one_time_keyboard) actor.room.keyboard = undefined;
  },
  file: (actor, action) => {
    const { world, room } = actor;
    const name = typeof action.name === 'string' ? action.name : 'file';
    const mime_type = typeof action.mime_type === 'string' ? action.mime_type : 'application/octet-stream';
    const bytes = Uint8Array.from(Buffer.from(typeof action.base64 === 'string' ? action.base64 : '', 'base64'));
    if (bytes.length === 0) throw badRequest('the file is empty');
    const isPhoto = /^image\/(png|jpeg|gif)$/.test(mime_type);
    receive(
      actor,
      isPhoto ? photoContent(world, room, { bytes }) : documentContent(world, room, { bytes, name, mime_type }),
    );
  },
  pay: ({ world, room, person }, action) => {
    const message = room.messages.get(Number(action.message_id));
    const checkout = message && beginCheckout(world, room, person, message);
    if (!checkout) throw badRequest('this invoice is gone');
    void waitForEvent(room, checkoutLifetimeMs, () => checkout.answer).then((answer) => {
      if (answer?.ok) completePayment(world, checkout);
    });
  },
  contact: (actor) => receive(actor, contactContent(actor.person)),
  location: (actor) => receive(actor, { location: { latitude: 52.52, longitude: 13.405 } }),
  block: ({ world, bot, person }, { blocked }) => setBlocked(world, bot, person, blocked === true),
};

function receive({ world, bot, room, person }: Actor, content: JsonObject): void {
  if (room.blocked) setBlocked(world, bot, person, false);
  receiveFromPerson(world, room, person, content);
}

/** Reads `{bot, person, action}`. */
export function readAction(body: Buffer): { bot: number; person: string; action: JsonObject } {
  const parsed = parse(body);
  if (!isObject(parsed) || !isObject(parsed.action) || typeof parsed.person !== 'string') {
    throw badRequest('an action must have a bot and a person');
  }
  return { bot: Number(parsed.bot), person: parsed.person, action: parsed.action };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
