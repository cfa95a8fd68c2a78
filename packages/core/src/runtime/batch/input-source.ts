import type { EngineEvent } from '../../engine/index.ts';
import {
  chatSessionKey,
  sessionId,
  type BatchInput,
  type Claim,
  type SessionKey,
  type UserUpsert,
} from '../../storage/index.ts';
import type { ParsedUpdate } from '../../telegram/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import type { InputSource, PendingInput, SessionAddress } from './pending-input.ts';

/**
 * Returns what storage must claim and lock for an input.
 *
 * @param bot - the cached bot. If it is outdated, the batch is repeated with the current one
 *   (`findMissingDependencies`).
 */
export function toBatchInput({ bot_id, source }: PendingInput, bot: CachedBot | undefined): BatchInput {
  const input = {
    bot_id,
    claim: claimOf(source),
    sessions: isIgnoredChatEvent(source, bot) ? [] : sessionKeys(bot_id, source),
  };
  if (source.kind === 'update') return { ...input, user: toUserUpsert(source.parsed) };
  const telegramUserId = telegramUserIdOf(source);
  return { ...input, user: null, ...(telegramUserId === null ? {} : { known_user: telegramUserId }) };
}

export function claimOf(source: InputSource): Claim {
  return source.kind === 'update'
    ? { kind: 'update', update_id: source.parsed.update_id }
    : { kind: 'job', job_id: source.job_id };
}

export function eventOf(source: InputSource): EngineEvent | null {
  return source.kind === 'update' ? source.parsed.event : source.event;
}

/** Returns the Telegram ID of the user whom the input is about. */
export function telegramUserIdOf(source: InputSource): number | null {
  return source.kind === 'update' ? (source.parsed.user?.chat_id ?? null) : (source.places[0]?.key.user_id ?? null);
}

/**
 * Returns the sessions that receive the event. For an update it is the session of the user in this chat, or none
 * without a user or a chat.
 */
export function sessionAddressesOf(bot_id: string, source: InputSource): readonly SessionAddress[] {
  if (source.kind === 'job') return source.places;
  const { chat, user } = source.parsed;
  if (chat === null || user === null) return NO_ADDRESSES;
  return [
    { key: { bot_id, chat_id: chat.id, thread_id: chat.thread_id, user_id: user.chat_id }, chat_type: chat.type },
  ];
}

/** True for a chat event that starts no flow. It does not change a session, so no row is created or locked for it. */
function isIgnoredChatEvent(source: InputSource, bot: CachedBot | undefined): boolean {
  const event = eventOf(source);
  return (
    event?.kind === 'chat_event' &&
    bot?.program.event_triggers.some(({ trigger }) => trigger.event === event.name) === false
  );
}

const NO_ADDRESSES: readonly SessionAddress[] = Object.freeze([]);

/**
 * Only an input with an event changes a session. The row of the chat is locked, too, so that its inputs are processed
 * serially.
 */
function sessionKeys(bot_id: string, source: InputSource): readonly SessionKey[] {
  if (eventOf(source) === null) return [];
  return sessionAddressesOf(bot_id, source).flatMap(({ key, chat_type }) => {
    const chatKey = chatSessionKey(bot_id, { id: key.chat_id, type: chat_type });
    return sessionId(chatKey) === sessionId(key) ? [key] : [key, chatKey];
  });
}

function toUserUpsert(parsed: ParsedUpdate): UserUpsert | null {
  if (parsed.user === null) return null;
  const is_private_message =
    parsed.chat?.type === 'private' && (parsed.event?.kind === 'message' || parsed.event?.kind === 'callback');
  // A private message proves that the user has not blocked the bot. Other updates do not say.
  const unchanged = is_private_message ? false : null;
  const is_blocked = parsed.reachability === null ? unchanged : parsed.reachability === 'blocked';
  return { ...parsed.user, is_blocked };
}
