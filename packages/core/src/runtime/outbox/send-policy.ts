import type { OutboxItem } from '../../storage/index.ts';
import { isTokenRejected, TelegramApiError, TelegramNetworkError } from '../../telegram/index.ts';

/** What to do after a send that did not succeed. */
export type SendDecision =
  /** Telegram has it already, in effect. */
  | { readonly kind: 'sent' }
  /** Never again. `chat`: nothing else to this chat can succeed either. */
  | { readonly kind: 'fail'; readonly reason: string; readonly chat: 'goes on' | 'unreachable' }
  /** Again after a delay (milliseconds), during which the chat is left in peace. */
  | { readonly kind: 'retry'; readonly delay: number; readonly reason: string }
  /** Telegram takes no more just now, from this chat or from the bot: again after a delay (milliseconds). */
  | { readonly kind: 'too_fast'; readonly delay: number; readonly reason: string }
  /** Again when something else under way here is over: an upload of the same file. */
  | { readonly kind: 'wait'; readonly until: Promise<void> }
  /** The bot is gone or switched off: its rows stay in the table. */
  | { readonly kind: 'leave_queued' }
  /** Again at once, to the group's new id. */
  | { readonly kind: 'migrate'; readonly chat_id: number }
  /** Again at once, outside the topic, which is gone. */
  | { readonly kind: 'leave_thread' }
  /** Again at once, as a new message: the one whose place it was to take is gone. */
  | { readonly kind: 'send_anew' }
  /** Telegram does not accept the token: the bot waits until it is changed. */
  | { readonly kind: 'unauthorized'; readonly delay: number };

const UNAUTHORIZED_PAUSE_MS = 60_000;
const MAX_BACKOFF_MS = 60_000;
/** Descriptions that mean that Telegram has what was asked for. */
const ALREADY_DONE_PATTERN = /message is not modified/i;
const UNREACHABLE_PATTERN =
  /bot was blocked|user is deactivated|can't initiate conversation|bot was kicked|not a member|chat was deleted|have no rights to send|need administrator rights/i;

/** What stands in the way of a try; null: nothing. Pure. */
export function checkBeforeSend(
  item: Pick<OutboxItem, 'expires_at' | 'was_attempted'>,
  now: number,
): SendDecision | null {
  if (item.was_attempted)
    return {
      kind: 'fail',
      reason: 'the outcome of an earlier try is unknown, and it may be sent at most once',
      chat: 'goes on',
    };
  return expiryFailure(item, now);
}

/**
 * Decides by the error of one send. Pure.
 * Texts and codes: docs of the Bot API ("Making requests", "ResponseParameters") and the open-source Bot API server.
 * @param attempt how often this row was tried, this time included.
 */
export function decideOnSendError(error: unknown, item: FailedItem, attempt: number, now: number): SendDecision {
  const verdict = decideOnError(error, item, attempt, now);
  return targetsOwnChat(item) ? verdict : withoutChatEffects(verdict);
}

type FailedItem = Pick<OutboxItem, 'delivery' | 'expires_at' | 'thread_id' | 'chat_id' | 'payload'>;

/** A call may be about another chat than the one it is queued for: the answer to a request to join a group. */
function targetsOwnChat({ chat_id, payload }: FailedItem): boolean {
  return payload.chat_id === undefined || payload.chat_id === chat_id;
}

/** What Telegram says of another chat says nothing of the one whose rows wait behind. */
function withoutChatEffects(verdict: SendDecision): SendDecision {
  if (verdict.kind === 'migrate')
    return { kind: 'fail', reason: 'the group it is about has become a supergroup, with another id', chat: 'goes on' };
  return verdict.kind === 'fail' ? { ...verdict, chat: 'goes on' } : verdict;
}

function decideOnError(error: unknown, item: FailedItem, attempt: number, now: number): SendDecision {
  if (error instanceof TelegramApiError) return decideOnApiError(error, item, attempt, now);
  if (error instanceof TelegramNetworkError) {
    if (error.ambiguous && item.delivery === 'at_most_once') {
      return { kind: 'fail', reason: 'the outcome is unknown, and it may be sent at most once', chat: 'goes on' };
    }
    return retry(item, attempt, now, error.message);
  }
  return { kind: 'fail', reason: 'it cannot be sent as it is stored', chat: 'goes on' };
}

function decideOnApiError(
  error: TelegramApiError,
  item: Pick<OutboxItem, 'expires_at' | 'thread_id'>,
  attempt: number,
  now: number,
): SendDecision {
  // PostgreSQL stores no U+0000, and one reason that it refuses would hold up all results.
  const reason = `${error.error_code} ${error.description.replaceAll('\0', '')}`;
  if (error.error_code === 429) {
    const delay = Math.max(1, error.retry_after ?? 1) * 1000;
    return expiryFailure(item, now + delay) ?? { kind: 'too_fast', delay, reason };
  }
  if (error.migrate_to_chat_id !== null) return { kind: 'migrate', chat_id: error.migrate_to_chat_id };
  if (error.error_code === 403)
    return { kind: 'fail', reason, chat: UNREACHABLE_PATTERN.test(error.description) ? 'unreachable' : 'goes on' };
  if (isTokenRejected(error)) return expiryFailure(item, now) ?? { kind: 'unauthorized', delay: UNAUTHORIZED_PAUSE_MS };
  if (error.error_code === 409 || error.error_code >= 500) return retry(item, attempt, now, reason);
  if (ALREADY_DONE_PATTERN.test(error.description)) return { kind: 'sent' };
  if (item.thread_id !== 0 && /message thread not found/i.test(error.description)) return { kind: 'leave_thread' };
  return { kind: 'fail', reason, chat: 'goes on' };
}

function retry(item: Pick<OutboxItem, 'expires_at'>, attempt: number, now: number, reason: string): SendDecision {
  const delay = Math.min(MAX_BACKOFF_MS, 500 * 2 ** Math.min(attempt - 1, 10));
  return expiryFailure(item, now + delay) ?? { kind: 'retry', delay, reason };
}

function expiryFailure(item: Pick<OutboxItem, 'expires_at'>, at: number): SendDecision | null {
  return at < item.expires_at
    ? null
    : { kind: 'fail', reason: 'it was not worth sending any more when Telegram could take it', chat: 'goes on' };
}
