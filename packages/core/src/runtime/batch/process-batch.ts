import { BotloomError, errorMessage, isBotloomError } from '../../errors/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import { BatchDataError, type BatchOutcome, type NewJob, type OutboxItem, type Storage } from '../../storage/index.ts';
import type { BotCache, CachedBot } from '../bots/bot-cache.ts';
import type { RuntimeEvents } from '../runtime-events.ts';
import { BatchTimeoutError, PoisonUpdateError } from './batch-errors.ts';
import type { BatchPlan, CallbackAnswer } from './batch-plan.ts';
import { decideBatch } from './decide-batch.ts';
import type { DecideOptions } from './decide-options.ts';
import { toBatchInput } from './input-source.ts';
import { findMissingDependencies, type MissingDependencies } from './missing-dependencies.ts';
import type { PendingInput } from './pending-input.ts';

export interface BatchProcessorDeps {
  /**
   * Returns the owner of rows that are stored now. It changes when the lease is lost, so the value must not be stored.
   * Rows that were committed under an earlier owner belong to the instance that takes them over.
   */
  readonly currentOwner: () => string;
  readonly storage: Storage;
  readonly bots: BotCache;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly events: RuntimeEvents;
  readonly messageTtlMs: number;
  readonly batchTimeMs: number;
  readonly shouldReadProfile: DecideOptions['shouldReadProfile'];
  readonly isChatBacklogFull: DecideOptions['isChatBacklogFull'];
  /**
   * Called after the commit with the rows that this instance sends. `in_table`: another instance has written rows of
   * that chat, so the rows must be read from the table.
   */
  readonly onOutboxRows: (items: readonly OutboxItem[], in_table: boolean) => void;
  /**
   * Called after the commit of a row for another chat than the one of the session. `isOurs`: this instance sends it.
   */
  readonly onNotificationWritten: (bot_id: string, chat_id: number, isOurs: boolean) => void;
  readonly onCallbackAnswers: (answers: readonly CallbackAnswer[]) => void;
  readonly onJobs: (jobs: readonly NewJob[]) => void;
}

/** Maximum number of times that a batch is repeated because data was not in memory. */
const MAX_RELOADS = 10;

/** Runs batches of updates and job results through storage. Every input is resolved or rejected, whatever happens. */
export function createBatchProcessor(deps: BatchProcessorDeps): (inputs: readonly PendingInput[]) => Promise<void> {
  return (inputs) => runBatch(deps, sortInputs(inputs));
}

async function runBatch(deps: BatchProcessorDeps, inputs: readonly PendingInput[]): Promise<void> {
  if (inputs.length === 0) return;
  try {
    await commitBatch(deps, inputs);
  } catch (error) {
    await recover(deps, inputs, error);
  }
}

/** Isolates the failure: the poison update becomes a dead letter, and the others are processed again. */
async function recover(deps: BatchProcessorDeps, inputs: readonly PendingInput[], error: unknown): Promise<void> {
  if (error instanceof BatchTimeoutError) {
    await runBatch(deps, inputs.slice(0, error.index));
    await runBatch(deps, inputs.slice(error.index));
  } else if (error instanceof PoisonUpdateError) {
    await runBatch(deps, inputs.slice(0, error.index));
    await moveToDeadLetters(deps, inputs[error.index], `The flow engine failed: ${error.message}`);
    await runBatch(deps, inputs.slice(error.index + 1));
  } else if (error instanceof BatchDataError) {
    if (inputs.length === 1)
      return moveToDeadLetters(deps, inputs[0], `The database refuses the data: ${error.message}`);
    const half = Math.ceil(inputs.length / 2);
    await runBatch(deps, inputs.slice(0, half));
    await runBatch(deps, inputs.slice(half));
  } else {
    const unavailable = toUnavailableError(deps, error);
    for (const input of inputs) input.reject(unavailable);
    // The commit may have succeeded although its response was lost. Then the table has rows to send that are not known
    // here.
    deps.onOutboxRows([], true);
  }
}

async function moveToDeadLetters(
  deps: BatchProcessorDeps,
  input: PendingInput | undefined,
  reason: string,
): Promise<void> {
  if (input === undefined) return;
  const { bot_id, source } = input;
  // The job itself becomes a dead letter after its last attempt.
  if (source.kind === 'job') {
    input.reject(new Error(reason));
    return;
  }
  const { update_id } = source.parsed;
  try {
    await deps.storage.dead_letters.add({ bot_id, update_id, payload: source.update, reason });
    deps.logger.error(
      { bot_id, update_id, reason },
      'an update could not be processed and is now a dead letter; fix the cause, then replay it',
    );
    deps.events.emit('update.dead_letter', { bot_id, update_id, reason });
    input.resolve('dead_letter', []);
  } catch (error) {
    input.reject(toUnavailableError(deps, error));
  }
}

async function commitBatch(deps: BatchProcessorDeps, inputs: readonly PendingInput[]): Promise<void> {
  for (let run = 0; run < MAX_RELOADS; run += 1) {
    const bots = cachedBots(deps.bots, inputs);
    const claims = inputs.map((input) => toBatchInput(input, bots.get(input.bot_id)));
    let missing: MissingDependencies | null = null;
    let planned: BatchPlan | null = null;
    const now = deps.clock.now();
    const options: DecideOptions = {
      now,
      messageTtlMs: deps.messageTtlMs,
      batchTimeMs: deps.batchTimeMs,
      monotonic: () => deps.clock.monotonic(),
      shouldReadProfile: deps.shouldReadProfile,
      isChatBacklogFull: deps.isChatBacklogFull,
      emitsStepEntered: deps.events.has('step.entered'),
    };
    const outcome = await deps.storage.updates.processBatch(deps.currentOwner(), claims, now, (locked) => {
      missing = findMissingDependencies(inputs, bots, locked);
      if (missing !== null) return { kind: 'rollback' };
      planned = decideBatch(inputs, bots, locked, options);
      return { kind: 'commit', writes: planned.writes };
    });
    // Assigned in the callback, which TypeScript does not see.
    const plan = planned as BatchPlan | null;
    if (outcome.kind === 'committed' && plan !== null) {
      publishOutcome(deps, inputs, plan, outcome);
      return;
    }
    await reload(deps.bots, missing);
  }
  throw new BotloomError('UNAVAILABLE', 'The bot is changed faster than its updates can be processed; try again.', {
    retryAfter: 1,
  });
}

function cachedBots(cache: BotCache, inputs: readonly PendingInput[]): Map<string, CachedBot> {
  const bots = new Map<string, CachedBot>();
  for (const { bot_id } of inputs) {
    if (bots.has(bot_id)) continue;
    const cached = cache.getCached(bot_id);
    if (cached !== undefined) bots.set(bot_id, cached);
  }
  return bots;
}

async function reload(cache: BotCache, missing: MissingDependencies | null): Promise<void> {
  for (const bot_id of missing?.bots ?? []) await cache.reload(bot_id);
  for (const [bot_id, versions] of missing?.versions ?? []) await cache.addVersions(bot_id, [...versions]);
}

/** Publishes the result after the commit, in this order: callback queries, rows to send, callers, listeners. */
function publishOutcome(
  deps: BatchProcessorDeps,
  inputs: readonly PendingInput[],
  planned: BatchPlan,
  outcome: BatchOutcome,
): void {
  if (planned.callback_answers.length > 0) deps.onCallbackAnswers(planned.callback_answers);
  const owner = deps.currentOwner();
  const { items, in_table } = collectOwnRows(owner, planned, outcome);
  if (items.length > 0 || in_table) deps.onOutboxRows(items, in_table);
  for (const index of planned.notificationIndexes) {
    const { bot_id, chat_id } = planned.writes.messages[index] ?? {};
    if (bot_id !== undefined && typeof chat_id === 'number')
      deps.onNotificationWritten(bot_id, chat_id, outcome.messages[index]?.owner === owner);
  }
  if (planned.writes.jobs.length > 0) deps.onJobs(planned.writes.jobs);
  for (const { is_handled, ...failure } of planned.flowFailures) {
    if (is_handled) deps.logger.info(failure, 'a step failed; its flow continues with the error branch');
    else deps.logger.warn(failure, 'a flow failed');
  }
  for (const [index, input] of inputs.entries())
    input.resolve(planned.results[index] ?? 'processed', planned.outcomes.get(index) ?? []);
  for (const user of planned.new_users)
    deps.events.emit('user.created', { bot_id: user.bot_id, user_id: user.id, chat_id: user.chat_id });
  for (const handover of planned.handovers) deps.events.emit('session.handed_over', handover);
  for (const step of planned.enteredSteps) deps.events.emit('step.entered', step);
  if (deps.events.has('message.received')) emitReceived(deps.events, planned, outcome);
}

function collectOwnRows(
  owner: string,
  planned: BatchPlan,
  outcome: BatchOutcome,
): { readonly items: OutboxItem[]; readonly in_table: boolean } {
  const items: OutboxItem[] = [];
  let in_table = false;
  for (const [index, row] of planned.writes.messages.entries()) {
    const written = outcome.messages[index];
    if (row.send === null || row.chat_id === null || written?.owner !== owner) continue;
    in_table ||= written.in_table;
    const { bot_id, user_id, chat_id, thread_id } = row;
    const { method, delivery, expires_at } = row.send;
    items.push({
      source: 'message',
      id: written.id,
      position: written.id,
      bot_id,
      user_id,
      chat_id,
      thread_id,
      payload: row.payload ?? {},
      method,
      delivery,
      expires_at,
      was_attempted: false,
    });
  }
  for (const [index, row] of planned.writes.calls.entries()) {
    const written = outcome.calls[index];
    if (written?.owner !== owner) continue;
    in_table ||= written.in_table;
    const { bot_id, chat_id, method, payload, expires_at } = row;
    items.push({
      source: 'call',
      id: written.id,
      position: written.position,
      bot_id,
      user_id: null,
      chat_id,
      thread_id: 0,
      method,
      payload,
      expires_at,
      delivery: 'at_least_once',
      was_attempted: false,
    });
  }
  return { items, in_table };
}

function emitReceived(events: RuntimeEvents, planned: BatchPlan, outcome: BatchOutcome): void {
  for (const [index, row] of planned.writes.messages.entries()) {
    const message_id = outcome.messages[index]?.id;
    if (row.direction !== 'incoming' || message_id === undefined) continue;
    events.emit('message.received', {
      bot_id: row.bot_id,
      user_id: row.user_id,
      message_id,
      type: row.type,
      text: row.text,
    });
  }
}

/** Telegram redelivers after a 503. `Retry-After` prevents its own back-off from growing. */
function toUnavailableError(deps: BatchProcessorDeps, error: unknown): Error {
  if (isBotloomError(error) && error.status === 503) return error;
  deps.logger.error(
    { error: errorMessage(error) },
    'a batch of updates could not be committed; Telegram will send them again',
  );
  return new BotloomError('UNAVAILABLE', 'The database is temporarily unavailable; try again.', {
    retryAfter: 2,
    cause: error,
  });
}

/**
 * Sorts by update ID, so that a text and a button press that arrived together are processed in the order in which they
 * happened. Job results follow.
 */
function sortInputs(inputs: readonly PendingInput[]): readonly PendingInput[] {
  return inputs.length < 2 ? inputs : [...inputs].sort((a, b) => sortKeyOf(a) - sortKeyOf(b));
}

function sortKeyOf({ source }: PendingInput): number {
  return source.kind === 'update' ? source.parsed.update_id : Number.MAX_SAFE_INTEGER;
}
