import type { EngineEvent } from '../engine/index.ts';
import { chatSessionKey, sessionId, type BatchInput, type Claim, type SessionKey, type UserTouch } from '../storage/index.ts';
import type { ParsedUpdate } from '../telegram/index.ts';
import type { InputSource, PendingInput } from './pending-input.ts';

/** What storage is to claim and lock for an input. */
export function toInput({ bot_id, source }: PendingInput): BatchInput {
  const input = { bot_id, claim: claimOf(source), sessions: sessionKeys(bot_id, source) };
  if (source.kind === 'update') return { ...input, user: userTouch(source.parsed) };
  return { ...input, user: null, known_user: source.place.key.user_id };
}

export function claimOf(source: InputSource): Claim {
  return source.kind === 'update' ? { kind: 'update', update_id: source.parsed.update_id } : { kind: 'job', job_id: source.job_id };
}

export function eventOf(source: InputSource): EngineEvent | null {
  return source.kind === 'update' ? source.parsed.event : source.event;
}

export function chatOf(source: InputSource): ParsedUpdate['chat'] {
  if (source.kind === 'update') return source.parsed.chat;
  const { key, chat_type } = source.place;
  return { id: key.chat_id, type: chat_type, thread_id: key.thread_id };
}

/** Telegram's id of the person it is about. */
export function personOf(source: InputSource): number | null {
  return source.kind === 'update' ? (source.parsed.user?.chat_id ?? null) : source.place.key.user_id;
}

/** The person's session in this chat; null where there is no person or no chat. */
export function ownSessionKey(bot_id: string, source: InputSource): SessionKey | null {
  const chat = chatOf(source);
  const user_id = personOf(source);
  return chat === null || user_id === null ? null : { bot_id, chat_id: chat.id, thread_id: chat.thread_id, user_id };
}

/** Only what has an event changes a session; the chat's own row comes along so that the chat is served serially. */
function sessionKeys(bot_id: string, source: InputSource): readonly SessionKey[] {
  const own = ownSessionKey(bot_id, source);
  const chat = chatOf(source);
  if (own === null || chat === null || eventOf(source) === null) return [];
  const whole = chatSessionKey(bot_id, chat);
  return sessionId(whole) === sessionId(own) ? [own] : [own, whole];
}

function userTouch(parsed: ParsedUpdate): UserTouch | null {
  if (parsed.user === null) return null;
  const is_private_message = parsed.chat?.type === 'private' && parsed.event !== null;
  const is_blocked = parsed.reachability === null ? (is_private_message ? false : null) : parsed.reachability === 'blocked';
  return { ...parsed.user, is_blocked };
}
