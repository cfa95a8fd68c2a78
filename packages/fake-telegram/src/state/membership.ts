import type { BotState, Room } from './bot-state.ts';
import type { PersonState } from './person-state.ts';
import { addMessage, privateRoom, pushUpdate } from './rooms.ts';
import { unixTime, type World } from './world.ts';

/** Time in which a bot may write to a person who requests to join. */
const requestWindowMs = 5 * 60_000;

/** The rights of an administrator: all that Telegram has. */
const rights = Object.fromEntries(
  [
    'can_manage_chat',
    'can_delete_messages',
    'can_manage_video_chats',
    'can_restrict_members',
    'can_promote_members',
    'can_change_info',
    'can_invite_users',
    'can_post_stories',
    'can_edit_stories',
    'can_delete_stories',
    'can_send_welcome_messages',
  ].map((right) => [right, true]),
);

/** Lets a person join or leave a group: every bot gets the service message, administrators get an update, too. */
export function setPersonMembership(world: World, room: Room, person: PersonState, member: boolean): void {
  if (room.people.has(person.user.id) === member) return;
  if (member) room.people.set(person.user.id, person);
  const content = member ? { new_chat_members: [person.user] } : { left_chat_member: person.user };
  const message = addMessage(world, room, person.user, content);
  if (!member) room.people.delete(person.user.id);
  const states = ['left', 'member'].map((status) => ({ user: person.user, status }));
  for (const bot of room.bots) {
    pushUpdate(world, bot, 'message', message);
    if (!room.administrators.has(bot)) continue;
    pushUpdate(world, bot, 'chat_member', {
      chat: room.chat,
      from: person.user,
      date: message.date,
      old_chat_member: states[member ? 0 : 1],
      new_chat_member: states[member ? 1 : 0],
    });
  }
}

/** Lets a person request to join. Administrators get an update, and may write to the person for some time. */
export function requestToJoin(world: World, room: Room, person: PersonState, bio?: string): void {
  if (room.people.has(person.user.id))
    throw new Error(`${person.user.first_name} is in ${room.chat.title ?? 'it'} already`);
  room.join_requests.set(person.user.id, person);
  for (const bot of room.administrators) {
    privateRoom(bot, person).open_until = world.clock.now() + requestWindowMs;
    pushUpdate(world, bot, 'chat_join_request', {
      chat: room.chat,
      from: person.user,
      user_chat_id: person.user.id,
      date: unixTime(world),
      ...(bio === undefined ? {} : { bio }),
    });
  }
}

/** Changes a person's reaction. Bots get an update in private chats, and in groups where they are administrators. */
export function react(world: World, room: Room, person: PersonState, message_id: number, emoji: string | null): void {
  const key = `${message_id}:${person.user.id}`;
  const before = room.reactions.get(key);
  if (emoji === null) room.reactions.delete(key);
  else room.reactions.set(key, emoji);
  const list = (one: string | null | undefined) =>
    one === null || one === undefined ? [] : [{ type: 'emoji', emoji: one }];
  for (const bot of room.bots) {
    if (room.chat.type !== 'private' && !room.administrators.has(bot)) continue;
    pushUpdate(world, bot, 'message_reaction', {
      chat: room.chat,
      message_id,
      user: person.user,
      date: unixTime(world),
      old_reaction: list(before),
      new_reaction: list(emoji),
    });
  }
}

/** Makes a bot of the group an administrator. The bot receives a `my_chat_member` update. */
export function promote(world: World, room: Room, bot: BotState): void {
  if (!room.bots.has(bot)) throw new Error(`@${bot.user.username} is not in ${room.chat.title ?? 'it'}`);
  room.administrators.add(bot);
  const [person] = room.people.values();
  pushUpdate(world, bot, 'my_chat_member', {
    chat: room.chat,
    from: person?.user ?? bot.user,
    date: unixTime(world),
    old_chat_member: { user: bot.user, status: 'member' },
    new_chat_member: { user: bot.user, status: 'administrator', is_anonymous: false, can_be_edited: false, ...rights },
  });
}
