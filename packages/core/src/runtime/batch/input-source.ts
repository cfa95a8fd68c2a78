import type { EngineEvent } from '../../engine/index.ts';
import {
  chatSessionKey,
  sessionId,
  type BatchInput,
  type Claim,
  type SessionKey,
  type UserTouch,
} from '../../storage/index.ts';
import type { ParsedUpdate } from '../../telegram/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import type { InputSource, PendingInput, SessionPlace } from './pending-input.ts';

/**
 * What storage is to claim and lock for an input.
 *
 * @param bot - as it is known; if that is out of date, the batch is run again with what is true (`findMissingDependencies`)
 */
export function toInput({ bot_id, source }: PendingInput, bot: CachedBot | undefined): BatchInput {
  const input = { bot_id, claim: claimOf(source), sessions: isUnheard(source, bot) ? [] : sessionKeys(bot_id, source) };
  if (source.kind === 'update') return { ...input, user: userTouch(source.parsed) };
  const person = personOf(source);
  return { ...input, user: null, ...(person === null ? {} : { known_user: person }) };
}

export function claimOf(source: InputSource): Claim {
  return source.kind === 'update'
    ? { kind: 'update', update_id: source.parsed.update_id }
    : { kind: 'job', job_id: source.job_id };
}

export function eventOf(source: InputSource): EngineEvent | null {
  return source.kind === 'update' ? source.parsed.event : source.event;
}

/** Telegram's id of the person it is about. */
export function personOf(source: InputSource): number | null {
  return source.kind === 'update' ? (source.parsed.user?.chat_id ?? null) : (source.places[0]?.key.user_id ?? null);
}

/** The sessions that the event goes to: of an update the person's in this chat, or none where there is no person or no chat. */
export function placesOf(bot_id: string, source: InputSource): readonly SessionPlace[] {
  if (source.kind === 'job') return source.places;
  const { chat, user } = source.parsed;
  if (chat === null || user === null) return NOWHERE;
  return [
    { key: { bot_id, chat_id: chat.id, thread_id: chat.thread_id, user_id: user.chat_id }, chat_type: chat.type },
  ];
}

/** What happens in a chat and starts no flow leaves no trace in a session: no row is to be made for it, nor locked. */
function isUnheard(source: InputSource, bot: CachedBot | undefined): boolean {
  const event = eventOf(source);
  return (
    event?.kind === 'chat_event' &&
    bot?.program.event_triggers.some(({ trigger }) => trigger.event === event.name) === false
  );
}

const NOWHERE: readonly SessionPlace[] = Object.freeze([]);

/** Only what has an event changes a session; the chat's own row comes along so that the chat is served serially. */
function sessionKeys(bot_id: string, source: InputSource): readonly SessionKey[] {
  if (eventOf(source) === null) return [];
  return placesOf(bot_id, source).flatMap(({ key, chat_type }) => {
    const whole = chatSessionKey(bot_id, { id: key.chat_id, type: chat_type });
    return sessionId(whole) === sessionId(key) ? [key] : [key, whole];
  });
}

function userTouch(parsed: ParsedUpdate): UserTouch | null {
  if (parsed.user === null) return null;
  const is_private_message =
    parsed.chat?.type === 'private' && (parsed.event?.kind === 'message' || parsed.event?.kind === 'callback');
  const is_blocked =
    parsed.reachability === null ? (is_private_message ? false : null) : parsed.reachability === 'blocked';
  return { ...parsed.user, is_blocked };
}
