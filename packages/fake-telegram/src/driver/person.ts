import { setBlocked } from '../state/block-bot.ts';
import type { BotState, Room } from '../state/bot-state.ts';
import { requestToJoin, setPersonMembership } from '../state/membership.ts';
import type { PersonState } from '../state/person-state.ts';
import { privateRoom } from '../state/rooms.ts';
import type { World } from '../state/world.ts';
import type { User } from '../telegram-objects.ts';
import type { ChatDeps } from './chat-deps.ts';
import { createPersonChat, type PersonChat } from './person-chat.ts';

/** The place of a chat: a bot (the private chat with it) or a group. */
export interface Place {
  readonly id: number;
}

/**
 * A person who talks to bots. The person has the methods of a chat, too. They apply to the private chat with the only
 * bot; if there are several bots, use `in`.
 */
export interface Person extends PersonChat {
  readonly id: number;
  readonly name: string;
  readonly user: User;
  /** Returns the chat of this person with a bot or in a group. The same place always returns the same object. */
  in(place: Place): PersonChat;
  /** Blocks a bot. It receives a `my_chat_member` update, and its calls to this chat fail with 403. */
  block(bot?: Place): void;
  unblock(bot?: Place): void;
  /** Joins a group. */
  join(group: Place): void;
  /** Leaves a group. */
  leave(group: Place): void;
  /** Requests to join a group. */
  requestToJoin(group: Place, bio?: string): void;
}

/** Creates the handle of a person. */
export function createPersonHandle(deps: ChatDeps, person: PersonState): Person {
  const { world } = deps;
  const chats = new Map<Room, PersonChat>();

  function inside(place: Place): PersonChat {
    const room = findPlace(world, person, place);
    const known = chats.get(room) ?? createPersonChat(deps, room, person);
    chats.set(room, known);
    return known;
  }

  function here(): PersonChat {
    return inside({ id: onlyBot(world, person).user.id });
  }

  function setBlock(place: Place | undefined, blocked: boolean): void {
    const bot = place ? world.botsById.get(place.id) : onlyBot(world, person);
    if (!bot) throw new Error('Only bots can be blocked');
    setBlocked(world, bot, person, blocked);
  }

  return {
    id: person.user.id,
    name: person.user.first_name,
    user: person.user,
    in: inside,
    block: (bot) => setBlock(bot, true),
    unblock: (bot) => setBlock(bot, false),
    join: (group) => setPersonMembership(world, findGroup(world, group), person, true),
    leave: (group) => setPersonMembership(world, findGroup(world, group), person, false),
    requestToJoin: (group, bio) => requestToJoin(world, findGroup(world, group), person, bio),
    get chat_id() {
      return here().chat_id;
    },
    get last_reply() {
      return here().last_reply;
    },
    send: (text, options) => here().send(text, options),
    sendPhoto: (photo) => here().sendPhoto(photo),
    sendAlbum: (photos) => here().sendAlbum(photos),
    sendDocument: (document) => here().sendDocument(document),
    sendVideo: (video) => here().sendVideo(video),
    sendVoice: (bytes) => here().sendVoice(bytes),
    sendContact: (contact) => here().sendContact(contact),
    sendLocation: (location) => here().sendLocation(location),
    sendContent: (content) => here().sendContent(content),
    edit: (message, text) => here().edit(message, text),
    press: (label, options) => here().press(label, options),
    react: (emoji, options) => here().react(emoji, options),
    pay: (options) => here().pay(options),
    expectPaymentRefused: (expected, options) => here().expectPaymentRefused(expected, options),
    expectReply: (expected, options) => here().expectReply(expected, options),
    expectEdit: (expected, options) => here().expectEdit(expected, options),
    expectAnswer: (expected, options) => here().expectAnswer(expected, options),
    expectNoReply: () => here().expectNoReply(),
    transcript: () => here().transcript(),
  };
}

function onlyBot(world: World, person: PersonState): BotState {
  const [bot, another] = world.botsById.values();
  const name = person.user.first_name;
  if (!bot)
    throw new Error(
      `${name} cannot talk to a bot, because none exists: create one with telegram.createBot({ username })`,
    );
  if (another) throw new Error(`There are several bots: choose the one that ${name} talks to with .in(bot)`);
  return bot;
}

function findPlace(world: World, person: PersonState, place: Place): Room {
  const bot = world.botsById.get(place.id);
  if (bot) return privateRoom(bot, person);
  const room = findGroup(world, place);
  if (!room.people.has(person.user.id))
    throw new Error(`${person.user.first_name} is not in ${room.chat.title ?? 'it'}`);
  return room;
}

function findGroup(world: World, place: Place): Room {
  const room = world.groups.get(place.id);
  if (!room) throw new Error('This bot or group belongs to another fake Telegram');
  return room;
}
