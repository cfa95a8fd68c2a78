import { advance, readState } from '../../engine/index.ts';
import { userId, type LockedBatch } from '../../storage/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import { applyEffect } from './apply-effect.ts';
import { BatchTimeoutError, PoisonUpdateError } from './batch-errors.ts';
import type { BatchPlan } from './batch-plan.ts';
import { BatchWritesBuilder } from './batch-writes-builder.ts';
import { createIdempotencyJob } from './create-idempotency-job.ts';
import { createSeededRandom } from './create-seeded-random.ts';
import type { DecideOptions } from './decide-options.ts';
import { findFlowFailures } from './find-flow-failures.ts';
import { claimOf, eventOf, sessionAddressesOf, telegramUserIdOf } from './input-source.ts';
import { listEnteredSteps } from './list-entered-steps.ts';
import type { PendingInput, SessionOutcome } from './pending-input.ts';
import type { UpdateResult } from './update-result.ts';

/**
 * Decides the writes of a batch. Pure, except for the clock in `options`.
 *
 * @throws PoisonedUpdate - when the engine throws for one input
 * @throws BatchTooSlow - when the batch takes longer than `batchTimeMs`
 */
export function decideBatch(
  inputs: readonly PendingInput[],
  bots: ReadonlyMap<string, CachedBot>,
  locked: LockedBatch,
  options: DecideOptions,
): BatchPlan {
  const writes = new BatchWritesBuilder(locked, options);
  const results: UpdateResult[] = [];
  const start = options.monotonic();
  for (const [index, input] of inputs.entries()) {
    if (index > 0 && options.monotonic() - start > options.batchTimeMs) throw new BatchTimeoutError(index);
    results.push(decideInput(writes, index, input, bots.get(input.bot_id), locked));
  }
  return { ...writes.build(), results };
}

function decideInput(
  writes: BatchWritesBuilder,
  index: number,
  { bot_id, source }: PendingInput,
  bot: CachedBot | undefined,
  locked: LockedBatch,
): UpdateResult {
  if (locked.claimed[index] !== true) return 'duplicate';
  if (locked.bots.get(bot_id)?.is_active !== true || bot === undefined) return 'dropped';
  const telegramUserId = telegramUserIdOf(source);
  const storedUser = telegramUserId === null ? null : (locked.users.get(userId(bot_id, telegramUserId)) ?? null);
  let user = storedUser === null ? null : writes.user(storedUser);
  let is_first_contact = false;
  if (source.kind === 'update') {
    writes.logUpdate(bot_id, user, source.parsed);
    if (user !== null) is_first_contact = writes.registerUser(user, bot) && user.is_new;
    if (source.parsed.migrated !== null) writes.addChatMigration(bot_id, source.parsed.migrated);
  }
  const event = eventOf(source);
  if (event === null) return 'processed';
  const places = sessionAddressesOf(bot_id, source);
  if (user === null || places.length === 0) {
    // The button belongs to an inline message, so there is no chat to answer in. The user still waits for a response.
    if (event.kind === 'callback')
      writes.answerCallback(bot_id, { query_id: event.query_id, text: null, show_alert: false });
    return 'processed';
  }
  const claim = claimOf(source);
  const claimName = claim.kind === 'update' ? String(claim.update_id) : `job${claim.job_id}`;
  // SQLite reuses the IDs of deleted jobs. The time makes the event ID unique.
  const event_id = `${claimName}-${writes.now.toString(36)}`;
  const outcomes: SessionOutcome[] = [];
  const startedAt = writes.options.monotonic();
  const elapsed = (): number => writes.options.monotonic() - startedAt;
  try {
    for (const address of places) {
      const { key, chat_type } = address;
      const chat = { id: key.chat_id, type: chat_type, thread_id: key.thread_id };
      // Changes to the user in one chat are visible in the next one.
      user = writes.user(user);
      const isFull = (chat_id: number): boolean => writes.isChatBacklogFull(bot_id, chat_id);
      const env = {
        event_id,
        now: writes.now,
        random: createSeededRandom(bot_id, claimName),
        elapsed,
        is_first_contact,
        hasFullBacklog: isFull,
        user,
        chat,
      };
      const advanced = advance(bot.program, writes.sessionOf(key), event, env);
      writes.flowFailures.push(...findFlowFailures(bot, writes.sessionOf(key), advanced.trace));
      // The summary also shows a handover that was interrupted by a command.
      if (advanced.summary.wait_reason === 'handover' && readState(advanced.session).wait?.reason === 'handover')
        writes.recordHandover(key, user, advanced.trace);
      if (writes.options.emitsStepEntered) writes.enteredSteps.push(...listEnteredSteps(bot, user, advanced.trace));
      writes.setSession(key, advanced.session, advanced.summary);
      for (const effect of advanced.effects) applyEffect(writes, address, user, effect);
      for (const answer of advanced.answers) writes.answers.push({ ...answer, key, user_id: user.id });
      if (source.kind === 'job') outcomes.push({ place: address, session: advanced.session, trace: advanced.trace });
    }
  } catch (error) {
    throw new PoisonUpdateError(index, error);
  }
  if (source.kind === 'job')
    writes.setOutcomes(
      index,
      outcomes,
      source.record === null ? null : createIdempotencyJob(bot_id, source.record, outcomes, writes.now),
    );
  return 'processed';
}
