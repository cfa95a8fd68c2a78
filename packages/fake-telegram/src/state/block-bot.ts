import type { BotState } from './bot-state.ts';
import type { PersonState } from './person-state.ts';
import { emit, privateRoom, pushUpdate } from './rooms.ts';
import { unixTime, type World } from './world.ts';

/** Blocks or unblocks a bot for a person. The bot receives a `my_chat_member` update. */
export function setBlocked(world: World, bot: BotState, person: PersonState, blocked: boolean): void {
  const room = privateRoom(bot, person);
  if (room.blocked === blocked) return;
  room.blocked = blocked;
  emit(world, room, { kind: 'block', from: person.user.id, blocked });
  const member = { user: bot.user, status: 'member' };
  const kicked = { user: bot.user, status: 'kicked', until_date: 0 };
  pushUpdate(world, bot, 'my_chat_member', {
    chat: room.chat,
    from: person.user,
    date: unixTime(world),
    old_chat_member: blocked ? member : kicked,
    new_chat_member: blocked ? kicked : member,
  });
}
