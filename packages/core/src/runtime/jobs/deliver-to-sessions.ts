import type { EngineEvent } from '../../engine/index.ts';
import type { Job } from '../../storage/index.ts';
import type { IdempotencyRecord, SessionAddress } from '../batch/pending-input.ts';
import type { JobDeps, JobResult } from './job-handler.ts';

/** How long the work of a bot that was switched off is put aside. */
const INACTIVE_RETRY_DELAY_MS = 10 * 60 * 1000;

/**
 * Whether work for a bot's session makes sense now: not for a bot that is gone, later for one that is switched off.
 *
 * @returns null: it does
 */
export async function postponeIfInactive(job: Job, { bots, clock }: JobDeps): Promise<JobResult | null> {
  const bot = job.bot_id === null ? null : await bots.getFresh(job.bot_id);
  if (bot === null) return { kind: 'done' };
  return bot.bot.is_active
    ? null
    : { kind: 'again', due_at: clock.now() + INACTIVE_RETRY_DELAY_MS, reason: 'the bot is not active' };
}

/** Gives the event to the session; that and the end of the job are one commit. */
export function deliverToSession(
  job: Job,
  place: SessionAddress,
  event: EngineEvent,
  deps: JobDeps,
): Promise<JobResult> {
  return deliverToSessions(job, [place], event, null, deps);
}

/** The same for several sessions of one person, and for a call that is remembered. */
export async function deliverToSessions(
  job: Job,
  places: readonly SessionAddress[],
  event: EngineEvent,
  record: IdempotencyRecord | null,
  deps: JobDeps,
): Promise<JobResult> {
  const { result, outcomes } = await deps.deliver({ job_id: job.id, places, event, record });
  if (result !== 'duplicate') return { kind: 'committed', outcomes };
  // Not to be claimed: it was, by another instance, or the bot was deleted or switched off just now.
  if (job.bot_id !== null) deps.bots.invalidate(job.bot_id);
  return (await postponeIfInactive(job, deps)) ?? { kind: 'done' };
}
