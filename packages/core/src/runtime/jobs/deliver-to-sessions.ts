import type { EngineEvent } from '../../engine/index.ts';
import type { Job } from '../../storage/index.ts';
import type { IdempotencyRecord, SessionAddress } from '../batch/pending-input.ts';
import type { JobDeps, JobResult } from './job-handler.ts';

/** Delay of the jobs of an inactive bot. */
const INACTIVE_RETRY_DELAY_MS = 10 * 60 * 1000;

/**
 * Decides if a job for a session of the bot can run now: not if the bot was deleted, later if it is inactive.
 *
 * @returns null if the job can run
 */
export async function postponeIfInactive(job: Job, { bots, clock }: JobDeps): Promise<JobResult | null> {
  const bot = job.bot_id === null ? null : await bots.getFresh(job.bot_id);
  if (bot === null) return { kind: 'done' };
  return bot.bot.is_active
    ? null
    : { kind: 'again', due_at: clock.now() + INACTIVE_RETRY_DELAY_MS, reason: 'the bot is not active' };
}

/** Delivers the event to the session. The session and the end of the job are one commit. */
export function deliverToSession(
  job: Job,
  place: SessionAddress,
  event: EngineEvent,
  deps: JobDeps,
): Promise<JobResult> {
  return deliverToSessions(job, [place], event, null, deps);
}

/** Delivers the event to several sessions of one user, with the idempotency record of the call, if there is one. */
export async function deliverToSessions(
  job: Job,
  places: readonly SessionAddress[],
  event: EngineEvent,
  record: IdempotencyRecord | null,
  deps: JobDeps,
): Promise<JobResult> {
  const { result, outcomes } = await deps.deliver({ job_id: job.id, places, event, record });
  if (result !== 'duplicate') return { kind: 'committed', outcomes };
  // The job could not be claimed: another instance has done it, or the bot was deleted or deactivated meanwhile.
  if (job.bot_id !== null) deps.bots.invalidate(job.bot_id);
  return (await postponeIfInactive(job, deps)) ?? { kind: 'done' };
}
