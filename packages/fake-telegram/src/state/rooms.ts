import type { JsonObject, Message, Update, User } from '../telegram-objects.ts';
import type { BotState, Room } from './bot-state.ts';
import type { PersonState } from './person-state.ts';
import type { RoomEvent } from './room-event.ts';
import { createRoom } from './room.ts';
import { unixTime, type World } from './world.ts';

/** Returns the private chat of a person with a bot. Creates it at first contact. */
export function privateRoom(bot: BotState, person: PersonState): Room {
  const known = bot.rooms.get(person.user.id);
  if (known) return known;
  const { id, first_name, last_name, username } = person.user;
  const chat = { id, type: 'private' as const, first_name, ...defined({ last_name, username }) };
  const room = createRoom(chat, [person], [bot]);
  bot.rooms.set(id, room);
  return room;
}

/** Appends an event to a room and notifies its listeners. */
export function emit(world: World, room: Room, event: RoomEvent): void {
  room.events.push(event);
  for (const listener of [...room.listeners]) listener();
  world.activity.touch();
}

/** Adds a message to a room, with the next message ID. */
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

/** Returns the next message ID. Telegram numbers messages of private chats per account, those of groups per chat. */
function nextMessageId(room: Room): number {
  const [bot] = room.bots;
  if (room.chat.type === 'private' && bot) return ++bot.last_message_id;
  return ++room.last_message_id;
}

/** Adds a message of a person to the room and sends it to every bot that may see it. Returns it with the updates. */
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

/** Privacy mode: in a group, a bot sees only commands, replies to it and mentions of it, unless it may read all. */
function canSee(bot: BotState, room: Room, message: Message): boolean {
  if (room.chat.type === 'private' || bot.user.can_read_all_group_messages) return true;
  const text = message.text ?? message.caption ?? '';
  const addressed = /^\/[A-Za-z0-9_]+@([A-Za-z0-9_]+)/.exec(text)?.[1];
  if (addressed !== undefined) return addressed.toLowerCase() === bot.user.username.toLowerCase();
  if (text.startsWith('/')) return true;
  if (message.reply_to_message?.from?.id === bot.user.id) return true;
  return text.toLowerCase().includes(`@${bot.user.username.toLowerCase()}`);
}

/** Removes fields that are undefined, as JSON does. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // `fromEntries` loses the types of the keys. The result has a subset of them.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
