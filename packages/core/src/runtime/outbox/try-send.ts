import { errorMessage } from '../../errors/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { OutboxItem, OutboxStore, SecretStore } from '../../storage/index.ts';
import type { BotCredentials, TelegramApi } from '../../telegram/index.ts';
import { asNewMessage, cannotBeEdited, editedMessage, editParameters, isEdit } from './edit-in-place.ts';
import { fillInParameters, SecretMissing } from './fill-in-parameters.ts';
import { withoutPause } from './pause.ts';
import type { Turn } from './queue/send-queue.ts';
import { judgeBeforeSend, judgeSendError, type SendVerdict } from './send-policy.ts';
import { uploadsIn } from './uploads/media-sources.ts';
import type { UploadSender } from './uploads/upload-sender.ts';

export interface TrySendDeps {
  /** Another one after the lease was lost: not to be kept. */
  readonly owner: string;
  readonly outbox: OutboxStore;
  readonly telegram: TelegramApi;
  readonly secrets: Pick<SecretStore, 'open'>;
  /** For calls that name uploads of the bot. */
  readonly uploads: Pick<UploadSender, 'send'>;
  /** The bot's credentials; null: the bot is gone or switched off. */
  readonly credentials: (bot_id: string) => BotCredentials | null | Promise<BotCredentials | null>;
  /** Whether this instance may send now: its lease holds. */
  readonly mayServe: () => boolean;
  /** Writes down what was sent so far. */
  readonly flush: () => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What Telegram gave, or what to do since it gave nothing. */
export type TryResult = { readonly result: JsonValue } | { readonly verdict: SendVerdict };

const STORAGE_RETRY = 1_000;

/** One try. A row that may be sent once and is known not to have been is as good as new afterwards, wherever it is sent from next. */
export async function trySend(deps: TrySendDeps, turn: Pick<Turn, 'item' | 'attempt'>): Promise<TryResult> {
  const outcome = await attempt(deps, turn);
  if ('verdict' in outcome) await allowAgain(deps, turn.item, outcome.verdict);
  return outcome;
}

async function attempt(
  deps: TrySendDeps,
  { item, attempt: number }: Pick<Turn, 'item' | 'attempt'>,
): Promise<TryResult> {
  const { clock, telegram } = deps;
  const verdict = judgeBeforeSend(item, clock.now());
  if (verdict !== null) return { verdict };
  let credentials: BotCredentials | null;
  let call: Pick<OutboxItem, 'method'> & { readonly payload: JsonObject };
  try {
    const found = deps.credentials(item.bot_id);
    credentials = found instanceof Promise ? await found : found;
    if (credentials !== null && item.delivery === 'at_most_once')
      await deps.outbox.markAttempted(deps.owner, item.id, true);
    const stored = isEdit(item) ? await editCall(deps, item) : { method: item.method, payload: parameters(item) };
    const payload = fillInParameters(item.bot_id, stored.payload, deps.secrets);
    call = { method: stored.method, payload: payload instanceof Promise ? await payload : payload };
  } catch (error) {
    if (error instanceof SecretMissing) return { verdict: { kind: 'fail', reason: error.message, chat: 'goes on' } };
    // The database is away: nothing is wrong with the row, and nothing was sent.
    return { verdict: { kind: 'retry', delay: STORAGE_RETRY, reason: errorMessage(error) } };
  }
  if (credentials === null) return { verdict: { kind: 'leave_queued' } };
  if (!deps.mayServe())
    return { verdict: { kind: 'retry', delay: STORAGE_RETRY, reason: 'the lease of this instance does not hold' } };
  try {
    if (uploadsIn(call).length > 0) return await deps.uploads.send(credentials, call);
    return { result: await telegram.call(credentials, call.method, call.payload) };
  } catch (error) {
    if (isEdit(item) && cannotBeEdited(error)) return { verdict: { kind: 'send_anew' } };
    return { verdict: judgeSendError(error, item, number, clock.now()) };
  }
}

async function allowAgain(deps: TrySendDeps, { id, delivery }: OutboxItem, { kind }: SendVerdict): Promise<void> {
  if (delivery !== 'at_most_once' || kind === 'fail' || kind === 'sent') return;
  try {
    await deps.outbox.markAttempted(deps.owner, id, false);
  } catch (error) {
    // Here it is tried again all the same; elsewhere it fails, which is what is safe.
    deps.logger.warn({ id, error: errorMessage(error) }, 'that nothing was sent could not be noted');
  }
}

/** The message whose place an item takes may have been sent a moment ago: what is known here is written down before it is looked up. */
async function editCall(
  deps: TrySendDeps,
  item: OutboxItem,
): Promise<{ readonly method: string; readonly payload: JsonObject }> {
  let message_id = editedMessage(item);
  if (message_id === null) {
    await deps.flush();
    message_id = await deps.outbox.findPrevious(item.id);
  }
  if (message_id !== null) return { method: item.method, payload: editParameters(item, message_id) };
  const anew = asNewMessage(item);
  return { method: anew.method, payload: parameters(anew) };
}

function parameters(item: OutboxItem): JsonObject {
  if (item.source === 'call') return { chat_id: item.chat_id, ...withoutPause(item.payload) };
  return item.thread_id === 0
    ? { chat_id: item.chat_id, ...item.payload }
    : { chat_id: item.chat_id, message_thread_id: item.thread_id, ...item.payload };
}
