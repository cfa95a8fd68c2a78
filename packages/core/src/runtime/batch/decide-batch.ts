import { advance, readState } from '../../engine/index.ts';
import { userId, type LockedBatch } from '../../storage/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import { BatchTooSlow, PoisonedUpdate } from './batch-errors.ts';
import { BatchWritesBuilder } from './batch-writes-builder.ts';
import type { DecideOptions } from './decide-options.ts';
import type { Decided } from './decided.ts';
import { flowFailures } from './flow-failures.ts';
import { claimOf, eventOf, personOf, placesOf } from './input-source.ts';
import type { PendingInput, SessionOutcome } from './pending-input.ts';
import { performEffect } from './perform-effect.ts';
import { randomFor } from './random-for.ts';
import { rememberCall } from './remember-call.ts';
import { stepsEntered } from './steps-entered.ts';
import type { UpdateResult } from './update-result.ts';

/** What the batch writes. Pure but for the time it is told; throws PoisonedUpdate and BatchTooSlow. */
export function decideBatch(
  inputs: readonly PendingInput[],
  bots: ReadonlyMap<string, CachedBot>,
  locked: LockedBatch,
  options: DecideOptions,
): Decided {
  const writes = new BatchWritesBuilder(locked, options);
  const results: UpdateResult[] = [];
  const start = options.monotonic();
  for (const [index, input] of inputs.entries()) {
    if (index > 0 && options.monotonic() - start > options.batchTime) throw new BatchTooSlow(index);
    results.push(decideOne(writes, index, input, bots.get(input.bot_id), locked));
  }
  return { ...writes.finish(), results };
}

function decideOne(
  writes: BatchWritesBuilder,
  index: number,
  { bot_id, source }: PendingInput,
  bot: CachedBot | undefined,
  locked: LockedBatch,
): UpdateResult {
  if (locked.claimed[index] !== true) return 'duplicate';
  if (locked.bots.get(bot_id)?.is_active !== true || bot === undefined) return 'dropped';
  const person = personOf(source);
  const found = person === null ? null : (locked.users.get(userId(bot_id, person)) ?? null);
  let user = found === null ? null : writes.user(found);
  let is_first_contact = false;
  if (source.kind === 'update') {
    writes.log(bot_id, user, source.parsed);
    if (user !== null) is_first_contact = writes.meet(user, bot) && user.is_new;
    if (source.parsed.migrated !== null) writes.migrate(bot_id, source.parsed.migrated);
  }
  const event = eventOf(source);
  if (event === null) return 'processed';
  const places = placesOf(bot_id, source);
  if (user === null || places.length === 0) {
    // A button below a message of which only its inline id is known: no chat to talk in, but whoever pressed it waits.
    if (event.kind === 'callback') writes.answer(bot_id, { query_id: event.query_id, text: null, show_alert: false });
    return 'processed';
  }
  const claim = claimOf(source);
  const name = claim.kind === 'update' ? String(claim.update_id) : `job${claim.job_id}`;
  // SQLite gives a job's number again when it is free; with the time no two events have the same name.
  const event_id = `${name}-${writes.now.toString(36)}`;
  const outcomes: SessionOutcome[] = [];
  const began_at = writes.options.monotonic();
  const elapsed = (): number => writes.options.monotonic() - began_at;
  try {
    for (const place of places) {
      const { key, chat_type } = place;
      const chat = { id: key.chat_id, type: chat_type, thread_id: key.thread_id };
      // What it did to the person in one of their chats is known in the next.
      user = writes.user(user);
      const isFull = (chat_id: number): boolean => writes.isFull(bot_id, chat_id);
      const env = {
        event_id,
        now: writes.now,
        random: randomFor(bot_id, name),
        elapsed,
        is_first_contact,
        isFull,
        user,
        chat,
      };
      const done = advance(bot.program, writes.session(key), event, env);
      writes.failures.push(...flowFailures(bot, writes.session(key), done.trace));
      // The summary also shows a handover that a command has interrupted.
      if (done.summary.wait_reason === 'handover' && readState(done.session).wait?.reason === 'handover')
        writes.noteHandover(key, user, done.trace);
      if (writes.options.tellsSteps) writes.entered.push(...stepsEntered(bot, user, done.trace));
      writes.move(key, done.session, done.summary);
      for (const effect of done.effects) performEffect(writes, place, user, effect);
      for (const answer of done.answers) writes.answers.push({ ...answer, key, user_id: user.id });
      if (source.kind === 'job') outcomes.push({ place, session: done.session, trace: done.trace });
    }
  } catch (error) {
    throw new PoisonedUpdate(index, error);
  }
  if (source.kind === 'job')
    writes.tell(
      index,
      outcomes,
      source.record === null ? null : rememberCall(bot_id, source.record, outcomes, writes.now),
    );
  return 'processed';
}
