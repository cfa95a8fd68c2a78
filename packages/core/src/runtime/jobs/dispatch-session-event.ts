import { BotloomError } from '../../errors/index.ts';
import type { Job, JobStore } from '../../storage/index.ts';
import { countContinued, readIdempotencyRecord } from '../batch/create-idempotency-job.ts';
import type { JobResult } from './job-handler.ts';
import { sessionCallJob } from './kinds/session-call.ts';
import type { CallResult, SessionCall } from './session-call.ts';

export interface DispatchSessionEventDeps {
  readonly jobs: Pick<JobStore, 'createOwned' | 'find'>;
  readonly owner: string;
  readonly now: number;
  readonly run: (job: Job) => Promise<JobResult>;
}

/**
 * Carries out a call as a job, which makes it durable once it is stored and makes it take effect once: the transaction
 * that changes the sessions deletes the row of the job, and replaces it by the idempotency record of the call.
 *
 * @throws CONFLICT - when the bot is not active
 * @throws UNAVAILABLE - when the result is not known (yet)
 * @throws VALIDATION_FAILED - at `/id`, when another call has used the same ID
 */
export async function dispatchSessionEvent(
  call: SessionCall,
  { jobs, owner, now, run }: DispatchSessionEventDeps,
): Promise<CallResult> {
  if (call.places.length === 0) {
    const existing = call.record === null ? null : await jobs.find(call.record.key);
    return existing === null ? { continued: 0, outcomes: [], is_repeated: false } : toRepeatedResult(existing, call);
  }
  const { job, is_new } = await jobs.createOwned(owner, sessionCallJob(call, now));
  if (!is_new) return toRepeatedResult(job, call);
  const result = await run(job);
  switch (result.kind) {
    case 'committed':
      return { continued: countContinued(result.outcomes), outcomes: result.outcomes, is_repeated: false };
    case 'again':
      throw new BotloomError('CONFLICT', 'The bot is not active, so its flows do not run. Activate the bot first.');
    case 'done':
      // Another instance has taken the job over, or the bot was deleted.
      throw new BotloomError(
        'UNAVAILABLE',
        'The result of the call is unknown. Check the session, or repeat the call with the same id.',
        { retryAfter: 1 },
      );
  }
}

function toRepeatedResult(job: Job, { record }: SessionCall): CallResult {
  const recorded = readIdempotencyRecord(job);
  if (recorded === null)
    throw new BotloomError(
      'UNAVAILABLE',
      'The same call is in progress. Repeat it with the same id to get its result.',
      { retryAfter: 1 },
    );
  if (recorded.fingerprint !== record?.fingerprint) {
    const message = 'Another call with different content has used this id. An id identifies one call for two days.';
    throw new BotloomError('VALIDATION_FAILED', message, {
      problems: [{ path: '/id', code: 'id_taken', message, hint: 'Use a different id for every event.' }],
    });
  }
  return { continued: recorded.continued, outcomes: [], is_repeated: true };
}
