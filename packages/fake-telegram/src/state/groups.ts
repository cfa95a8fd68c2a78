import type { ChatType } from '../telegram-objects.ts';
import type { BotState, Room } from './bot-state.ts';
import type { PersonState } from './person-state.ts';
import { createRoom } from './room.ts';
import { addMessage, pushUpdate } from './rooms.ts';
import { unixTime, type World } from './world.ts';

/** Creates a group without bots. `setMembership` adds them. */
export function createGroup(
  world: World,
  title: string,
  people: readonly PersonState[],
  type: Extract<ChatType, 'group' | 'supergroup'>,
): Room {
  const number = world.nextId('group');
  const id = type === 'group' ? -(4_000_000_000 + number) : -(1_002_000_000_000 + number);
  const room = createRoom({ id, type, title }, people, [], world.settings.firstMessageId - 1);
  world.groups.set(id, room);
  return room;
}

/** Adds a bot to a group or removes it. The bot receives a `my_chat_member` update. */
export function setMembership(world: World, room: Room, bot: BotState, member: boolean): void {
  if (room.bots.has(bot) === member) return;
  if (member) room.bots.add(bot);
  else {
    room.bots.delete(bot);
    room.administrators.delete(bot);
  }
  bot.rooms.set(room.chat.id, room);
  const [person] = room.people.values();
  const states = [
    { user: bot.user, status: 'left' },
    { user: bot.user, status: 'member' },
  ];
  pushUpdate(world, bot, 'my_chat_member', {
    chat: room.chat,
    from: person?.user ?? bot.user,
    date: unixTime(world),
    old_chat_member: states[member ? 0 : 1],
    new_chat_member: states[member ? 1 : 0],
  });
}

/** Turns a group into a supergroup, which has a new ID. Returns the new room. */
export function migrateGroup(world: World, room: Room): Room {
  const next = createGroup(world, room.chat.title ?? '', [...room.people.values()], 'supergroup');
  const [person] = room.people.values();
  for (const bot of room.bots) {
    next.bots.add(bot);
    bot.rooms.set(next.chat.id, next);
  }
  if (person) {
    const farewell = addMessage(world, room, person.user, { migrate_to_chat_id: next.chat.id });
    const welcome = addMessage(world, next, person.user, { migrate_from_chat_id: room.chat.id });
    for (const bot of room.bots) {
      pushUpdate(world, bot, 'message', farewell);
      pushUpdate(world, bot, 'message', welcome);
    }
  }
  room.migrated_to = next.chat.id;
  return next;
}
