import type { OutboxItem } from '../../storage/index.ts';
import { isTokenRejected, TelegramApiError, TelegramNetworkError } from '../../telegram/index.ts';

/** Decision after a send that did not succeed. */
export type SendDecision =
  /** Nothing to do: the state at Telegram is the desired one. */
  | { readonly kind: 'sent' }
  /** Do not try again. `chat: unreachable`: no other message to this chat can succeed either. */
  | { readonly kind: 'fail'; readonly reason: string; readonly chat: 'reachable' | 'unreachable' }
  /** Try again after a delay (milliseconds). The chat is paused until then. */
  | { readonly kind: 'retry'; readonly delay: number; readonly reason: string }
  /** Rate limit of the chat or of the bot: try again after a delay (milliseconds). */
  | { readonly kind: 'too_fast'; readonly delay: number; readonly reason: string }
  /** Try again when an upload of the same file by this instance has ended. */
  | { readonly kind: 'wait'; readonly until: Promise<void> }
  /** The bot was deleted or deactivated: its rows stay in the table. */
  | { readonly kind: 'leave_queued' }
  /** Try again at once, with the new ID of the group. */
  | { readonly kind: 'migrate'; readonly chat_id: number }
  /** Try again at once, outside of the topic, which was deleted. */
  | { readonly kind: 'leave_thread' }
  /** Try again at once, as a new message: the message to edit is gone. */
  | { readonly kind: 'send_anew' }
  /** Telegram rejects the token: the bot pauses until the token is changed. */
  | { readonly kind: 'unauthorized'; readonly delay: number };

const UNAUTHORIZED_PAUSE_MS = 60_000;
const MAX_BACKOFF_MS = 60_000;
/** Descriptions that mean that the message has the desired content already. */
const ALREADY_DONE_PATTERN = /message is not modified/i;
const UNREACHABLE_PATTERN = new RegExp(
  [
    'bot was blocked',
    'user is deactivated',
    "can't initiate conversation",
    'bot was kicked',
    'not a member',
    'chat was deleted',
    'have no rights to send',
    'need administrator rights',
  ].join('|'),
  'i',
);

/** Returns the reason not to try a send, or null if it may be tried. Pure. */
export function checkBeforeSend(
  item: Pick<OutboxItem, 'expires_at' | 'was_attempted'>,
  now: number,
): SendDecision | null {
  if (item.was_attempted)
    return {
      kind: 'fail',
      reason: 'the result of an earlier try is unknown, and it may be sent at most once',
      chat: 'reachable',
    };
  return expiryFailure(item, now);
}

/**
 * Decides by the error of one send. Pure.
 * Source of texts and codes: docs of the Bot API ("Making requests", "ResponseParameters") and the open-source Bot API
 * server.
 *
 * @param attempt - number of tries of this row, including this one
 */
export function decideOnSendError(error: unknown, item: FailedItem, attempt: number, now: number): SendDecision {
  const verdict = decideOnError(error, item, attempt, now);
  return targetsOwnChat(item) ? verdict : withoutChatEffects(verdict);
}

type FailedItem = Pick<OutboxItem, 'delivery' | 'expires_at' | 'thread_id' | 'chat_id' | 'payload'>;

/** A call can target another chat than the one it is queued for, such as the response to a join request. */
function targetsOwnChat({ chat_id, payload }: FailedItem): boolean {
  return payload.chat_id === undefined || payload.chat_id === chat_id;
}

/** An error about another chat must not affect the rows that are queued for this one. */
function withoutChatEffects(verdict: SendDecision): SendDecision {
  if (verdict.kind === 'migrate')
    return {
      kind: 'fail',
      reason: 'its target group was upgraded to a supergroup, which has another ID',
      chat: 'reachable',
    };
  return verdict.kind === 'fail' ? { ...verdict, chat: 'reachable' } : verdict;
}

function decideOnError(error: unknown, item: FailedItem, attempt: number, now: number): SendDecision {
  if (error instanceof TelegramApiError) return decideOnApiError(error, item, attempt, now);
  if (error instanceof TelegramNetworkError) {
    if (error.ambiguous && item.delivery === 'at_most_once') {
      return {
        kind: 'fail',
        reason: 'the result of the call is unknown, and it may be sent at most once',
        chat: 'reachable',
      };
    }
    return retry(item, attempt, now, error.message);
  }
  return { kind: 'fail', reason: 'the stored message or call is not valid and cannot be sent', chat: 'reachable' };
}

function decideOnApiError(
  error: TelegramApiError,
  item: Pick<OutboxItem, 'expires_at' | 'thread_id'>,
  attempt: number,
  now: number,
): SendDecision {
  // PostgreSQL cannot store U+0000. One rejected reason would delay all other results.
  const reason = `${error.error_code} ${error.description.replaceAll('\0', '')}`;
  if (error.error_code === 429) {
    const delay = Math.max(1, error.retry_after ?? 1) * 1000;
    return expiryFailure(item, now + delay) ?? { kind: 'too_fast', delay, reason };
  }
  if (error.migrate_to_chat_id !== null) return { kind: 'migrate', chat_id: error.migrate_to_chat_id };
  if (error.error_code === 403)
    return { kind: 'fail', reason, chat: UNREACHABLE_PATTERN.test(error.description) ? 'unreachable' : 'reachable' };
  if (isTokenRejected(error)) return expiryFailure(item, now) ?? { kind: 'unauthorized', delay: UNAUTHORIZED_PAUSE_MS };
  if (error.error_code === 409 || error.error_code >= 500) return retry(item, attempt, now, reason);
  if (ALREADY_DONE_PATTERN.test(error.description)) return { kind: 'sent' };
  if (item.thread_id !== 0 && /message thread not found/i.test(error.description)) return { kind: 'leave_thread' };
  return { kind: 'fail', reason, chat: 'reachable' };
}

function retry(item: Pick<OutboxItem, 'expires_at'>, attempt: number, now: number, reason: string): SendDecision {
  const delay = Math.min(MAX_BACKOFF_MS, 500 * 2 ** Math.min(attempt - 1, 10));
  return expiryFailure(item, now + delay) ?? { kind: 'retry', delay, reason };
}

function expiryFailure(item: Pick<OutboxItem, 'expires_at'>, at: number): SendDecision | null {
  return at < item.expires_at
    ? null
    : { kind: 'fail', reason: 'it expired before Telegram could accept it', chat: 'reachable' };
}
