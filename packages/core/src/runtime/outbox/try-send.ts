import { errorMessage } from '../../errors/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { OutboxItem, OutboxStore, SecretStore } from '../../storage/index.ts';
import type { BotCredentials, TelegramApi } from '../../telegram/index.ts';
import { editedMessageId, editParameters, isEdit, isNotEditableError, toNewMessage } from './edit-in-place.ts';
import { withoutPause } from './pause-parameter.ts';
import type { Turn } from './queue/send-queue.ts';
import { MissingSecretError, resolveSecretParameter } from './resolve-secret-parameter.ts';
import { checkBeforeSend, decideOnSendError, type SendDecision } from './send-policy.ts';
import { findUploadReferences } from './uploads/media-sources.ts';
import type { UploadSender } from './uploads/upload-sender.ts';

export interface TrySendDeps {
  /** Returns the owner of this instance's rows. It changes when the lease is lost, so the value must not be stored. */
  readonly currentOwner: () => string;
  readonly outbox: OutboxStore;
  readonly telegram: TelegramApi;
  readonly secrets: Pick<SecretStore, 'open'>;
  /** Sends calls that reference uploads of the bot. */
  readonly uploads: Pick<UploadSender, 'send'>;
  /** Returns the credentials of a bot; null if it was deleted or deactivated. */
  readonly credentials: (bot_id: string) => BotCredentials | null | Promise<BotCredentials | null>;
  /** Returns true if this instance holds its lease and may send. */
  readonly isLeaseHeld: () => boolean;
  /** Records the results of all sends so far. */
  readonly flush: () => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The result of the call, or the decision to take if the call has no result. */
export type SendAttemptResult = { readonly result: JsonValue } | { readonly decision: SendDecision };

const STORAGE_RETRY_DELAY_MS = 1_000;

/**
 * Tries to send a row once. If an at-most-once row was certainly not sent, its `was_attempted` flag is cleared, so that
 * any instance can send it later.
 */
export async function trySend(deps: TrySendDeps, turn: Pick<Turn, 'item' | 'attempt'>): Promise<SendAttemptResult> {
  const outcome = await attempt(deps, turn);
  if ('decision' in outcome) await clearAttemptedFlag(deps, turn.item, outcome.decision);
  return outcome;
}

async function attempt(
  deps: TrySendDeps,
  { item, attempt: number }: Pick<Turn, 'item' | 'attempt'>,
): Promise<SendAttemptResult> {
  const { clock, telegram } = deps;
  const decision = checkBeforeSend(item, clock.now());
  if (decision !== null) return { decision };
  let credentials: BotCredentials | null;
  let call: Pick<OutboxItem, 'method'> & { readonly payload: JsonObject };
  try {
    const resolved = deps.credentials(item.bot_id);
    credentials = resolved instanceof Promise ? await resolved : resolved;
    if (credentials !== null && item.delivery === 'at_most_once')
      await deps.outbox.markAttempted(deps.currentOwner(), item.id, true);
    const stored = isEdit(item) ? await editCall(deps, item) : { method: item.method, payload: callParameters(item) };
    const payload = resolveSecretParameter(item.bot_id, stored.payload, deps.secrets);
    call = { method: stored.method, payload: payload instanceof Promise ? await payload : payload };
  } catch (error) {
    if (error instanceof MissingSecretError)
      return { decision: { kind: 'fail', reason: error.message, chat: 'reachable' } };
    // The database is unavailable: the row is fine, and nothing was sent.
    return { decision: { kind: 'retry', delay: STORAGE_RETRY_DELAY_MS, reason: errorMessage(error) } };
  }
  if (credentials === null) return { decision: { kind: 'leave_queued' } };
  if (!deps.isLeaseHeld())
    return {
      decision: { kind: 'retry', delay: STORAGE_RETRY_DELAY_MS, reason: 'this instance does not hold its lease' },
    };
  try {
    if (findUploadReferences(call).length > 0) return await deps.uploads.send(credentials, call);
    return { result: await telegram.call(credentials, call.method, call.payload) };
  } catch (error) {
    if (isEdit(item) && isNotEditableError(error)) return { decision: { kind: 'send_anew' } };
    return { decision: decideOnSendError(error, item, number, clock.now()) };
  }
}

async function clearAttemptedFlag(
  deps: TrySendDeps,
  { id, delivery }: OutboxItem,
  { kind }: SendDecision,
): Promise<void> {
  if (delivery !== 'at_most_once' || kind === 'fail' || kind === 'sent') return;
  try {
    await deps.outbox.markAttempted(deps.currentOwner(), id, false);
  } catch (error) {
    // This instance tries again anyway. On another instance the row fails, which is the safe outcome.
    deps.logger.warn(
      { id, error: errorMessage(error) },
      'a message that was not sent could not be unmarked; if another instance takes it over, it will fail',
    );
  }
}

/** Finds the message to edit. It may have been sent a moment ago, so pending results are recorded before the lookup. */
async function editCall(
  deps: TrySendDeps,
  item: OutboxItem,
): Promise<{ readonly method: string; readonly payload: JsonObject }> {
  let message_id = editedMessageId(item);
  if (message_id === null) {
    await deps.flush();
    message_id = await deps.outbox.findPrevious(item.id);
  }
  if (message_id !== null) return { method: item.method, payload: editParameters(item, message_id) };
  const newMessage = toNewMessage(item);
  return { method: newMessage.method, payload: callParameters(newMessage) };
}

function callParameters(item: OutboxItem): JsonObject {
  if (item.source === 'call') return { chat_id: item.chat_id, ...withoutPause(item.payload) };
  return item.thread_id === 0
    ? { chat_id: item.chat_id, ...item.payload }
    : { chat_id: item.chat_id, message_thread_id: item.thread_id, ...item.payload };
}
