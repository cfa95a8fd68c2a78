import type { JsonObject, Message, Update, User } from '../telegram-objects.ts';
import type { BotState, Room } from './bot-state.ts';
import type { PersonState } from './person-state.ts';
import type { RoomEvent } from './room-event.ts';
import { createRoom } from './room.ts';
import { unixTime, type World } from './world.ts';

/** The private chat of a person with a bot, made when they first meet. */
export function privateRoom(bot: BotState, person: PersonState): Room {
  const known = bot.rooms.get(person.user.id);
  if (known) return known;
  const { id, first_name, last_name, username } = person.user;
  const chat = { id, type: 'private' as const, first_name, ...defined({ last_name, username }) };
  const room = createRoom(chat, [person], [bot]);
  bot.rooms.set(id, room);
  return room;
}

/** Writes an event into a room and wakes those who watch it. */
export function emit(world: World, room: Room, event: RoomEvent): void {
  room.events.push(event);
  for (const listener of [...room.listeners]) listener();
  world.activity.touch();
}

/** Adds a message to a room under the next number. */
export function addMessage(world: World, room: Room, from: User, content: JsonObject): Message {
  const message: Message = {
    message_id: nextMessageId(room),
    from,
    chat: room.chat,
    date: unixTime(world),
    ...content,
  };
  room.messages.set(message.message_id, message);
  emit(world, room, { kind: 'message', from: from.id, message });
  return message;
}

/** In private chats Telegram counts messages over all chats of an account, in groups by chat. */
function nextMessageId(room: Room): number {
  const [bot] = room.bots;
  if (room.chat.type === 'private' && bot) return ++bot.last_message_id;
  return ++room.last_message_id;
}

/** A message of a person: kept in the room and sent to every bot that may see it. Answers the update, of one bot. */
export function receiveFromPerson(
  world: World,
  room: Room,
  person: PersonState,
  content: JsonObject,
): { message: Message; updates: Update[] } {
  room.started = true;
  const message = addMessage(world, room, person.user, content);
  const updates = [...room.bots]
    .filter((bot) => canSee(bot, room, message))
    .map((bot) => pushUpdate(world, bot, 'message', message))
    .filter((update) => update !== undefined);
  return { message, updates };
}

/** Queues an update for a bot. */
export function pushUpdate(world: World, bot: BotState, kind: string, payload: unknown): Update | undefined {
  const update = bot.queue.push(kind, payload);
  world.activity.touch();
  return update;
}

/** Privacy mode: in a group a bot sees commands, replies to itself and its own name, unless it may read everything. */
function canSee(bot: BotState, room: Room, message: Message): boolean {
  if (room.chat.type === 'private' || bot.user.can_read_all_group_messages) return true;
  const text = message.text ?? message.caption ?? '';
  const addressed = /^\/[A-Za-z0-9_]+@([A-Za-z0-9_]+)/.exec(text)?.[1];
  if (addressed !== undefined) return addressed.toLowerCase() === bot.user.username.toLowerCase();
  if (text.startsWith('/')) return true;
  if (message.reply_to_message?.from?.id === bot.user.id) return true;
  return text.toLowerCase().includes(`@${bot.user.username.toLowerCase()}`);
}

/** Leaves out fields that are undefined, which JSON would leave out, too. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // `fromEntries` forgets the keys; the result has the same ones, only fewer.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
