import type { EventOf } from '../engine/event.ts';
import type { JsonObject } from '../model/index.ts';
import { arrayOf, idOf, objectOf, stringOf, type Fields } from './fields.ts';
import type { ParsedUpdate } from './parsed-update.ts';

/** A chat event and its user. */
export interface ParsedChatEvent {
  readonly event: EventOf<'chat_event'> | null;
  /** The user whom the update is about, if that is not its sender. */
  readonly about: JsonObject | null;
}

type Chat = ParsedUpdate['chat'];
export type ChatEventReader = (content: Fields, chat: Chat) => ParsedChatEvent;

const NO_CHAT_EVENT: ParsedChatEvent = { event: null, about: null };

/** Readers of chat events, by kind of update. */
export const CHAT_EVENT_READERS = {
  my_chat_member(content, chat) {
    const change = membershipChangeOf(content);
    if (chat?.type === 'private') {
      const status = stringOf(objectOf(content.new_chat_member)?.status);
      if (status === 'kicked') return toChatEvent(content, 'blocked');
      return toChatEvent(content, status === 'member' ? 'unblocked' : null);
    }
    if (!isGroup(chat) || change === null) return NO_CHAT_EVENT;
    return toChatEvent(content, change === 'in' ? 'bot_added' : 'bot_removed');
  },
  chat_member(content, chat) {
    const change = membershipChangeOf(content);
    const about = objectOf(objectOf(content.new_chat_member)?.user);
    if (!isGroup(chat) || change === null) return { ...NO_CHAT_EVENT, about };
    return { ...toChatEvent(content, change === 'in' ? 'joined' : 'left'), about };
  },
  chat_join_request: (content) => toChatEvent(content, 'join_request'),
  message_reaction(content) {
    const old = new Set(arrayOf(content.old_reaction).map(emojiOf));
    const added = arrayOf(content.new_reaction)
      .map(emojiOf)
      .find((emoji) => emoji !== null && !old.has(emoji));
    return added === undefined ? NO_CHAT_EVENT : toChatEvent(content, 'reaction', added);
  },
} as const satisfies Record<string, ChatEventReader>;

/**
 * Reads joins and leaves from the service message of a group. If several users were added together, only the first one
 * is read; for each of them, bots that are administrators receive a `chat_member` update.
 */
export function readServiceMessage(message: Fields, chat: Chat): ParsedChatEvent {
  if (!isGroup(chat)) return NO_CHAT_EVENT;
  const joined =
    arrayOf(message.new_chat_members)
      .map(objectOf)
      .find((member) => member !== null && member.is_bot !== true) ?? null;
  if (joined !== null) return { ...toChatEvent(message, 'joined'), about: joined };
  const left = objectOf(message.left_chat_member);
  return left === null || left.is_bot === true ? NO_CHAT_EVENT : { ...toChatEvent(message, 'left'), about: left };
}

function toChatEvent(
  content: Fields,
  name: EventOf<'chat_event'>['name'] | null,
  emoji: string | null = null,
): ParsedChatEvent {
  const chat = objectOf(content.chat);
  const id = idOf(chat?.id);
  if (name === null || id === null) return NO_CHAT_EVENT;
  const link = objectOf(content.invite_link);
  return {
    event: {
      kind: 'chat_event',
      name,
      at: (idOf(content.date) ?? 0) * 1000,
      chat: { id, title: stringOf(chat?.title) },
      emoji,
      invite_link: stringOf(link?.name) ?? stringOf(link?.invite_link),
      bio: stringOf(content.bio),
    },
    about: null,
  };
}

/**
 * Returns `in` if a change of membership makes the user a member, `out` if it ends the membership; null for other
 * changes.
 */
function membershipChangeOf({ old_chat_member, new_chat_member }: Fields): 'in' | 'out' | null {
  const before = isMember(objectOf(old_chat_member));
  const after = isMember(objectOf(new_chat_member));
  if (before === null || after === null || before === after) return null;
  return after ? 'in' : 'out';
}

function isMember(member: Fields | null): boolean | null {
  const status = stringOf(member?.status);
  if (status === null) return null;
  return status === 'restricted' ? member?.is_member === true : status !== 'left' && status !== 'kicked';
}

/** Channels are excluded: a new subscriber must not be greeted in public. */
function isGroup(chat: Chat): boolean {
  return chat?.type === 'group' || chat?.type === 'supergroup';
}

function emojiOf(reaction: unknown): string | null {
  const fields = objectOf(reaction);
  return stringOf(fields?.emoji) ?? stringOf(fields?.custom_emoji_id);
}
