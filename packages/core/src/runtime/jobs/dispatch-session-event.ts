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
 * Carries out a call by way of a job, which makes it durable from the moment it is stored, and makes it count once: the job's row goes in the
 * transaction that changes the sessions, and the record of the call comes in its place.
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
      throw new BotloomError('CONFLICT', 'The bot is not active, so its flows stand still.');
    case 'done':
      // Another instance has taken it over, or the bot was deleted.
      throw new BotloomError(
        'UNAVAILABLE',
        'It is not known what came of the call; look at the session, or make the call again with the same id.',
        { retryAfter: 1 },
      );
  }
}

function toRepeatedResult(job: Job, { record }: SessionCall): CallResult {
  const recorded = readIdempotencyRecord(job);
  if (recorded === null)
    throw new BotloomError(
      'UNAVAILABLE',
      'The same call is under way just now; make it again with the same id to see what came of it.',
      { retryAfter: 1 },
    );
  if (recorded.fingerprint !== record?.fingerprint) {
    const message = 'Another call had this id, with other content. An id names one call for two days.';
    throw new BotloomError('VALIDATION_FAILED', message, {
      problems: [{ path: '/id', code: 'id_taken', message, hint: 'Give every event an id of its own.' }],
    });
  }
  return { continued: recorded.continued, outcomes: [], is_repeated: true };
}
