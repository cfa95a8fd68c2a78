import { z } from 'zod';
import { PROGRAM_START_REASON } from '../../engine/index.ts';
import { HOUR_MS } from '../../model/index.ts';
import type { Job, NewJob } from '../../storage/index.ts';
import type { IdempotencyRecord, SessionOutcome } from './pending-input.ts';

/** Time for which the ID of a call is remembered. */
const IDEMPOTENCY_WINDOW_MS = 48 * HOUR_MS;

const payload = z.object({ fingerprint: z.string(), continued: z.number() });

/**
 * Creates the job that stores the idempotency record of a call, written together with the changes of the call. Null if
 * the call has not changed anything: it may be repeated.
 */
export function createIdempotencyJob(
  bot_id: string,
  { key, fingerprint }: IdempotencyRecord,
  outcomes: readonly SessionOutcome[],
  now: number,
): NewJob | null {
  const continued = countContinued(outcomes);
  return continued === 0
    ? null
    : {
        bot_id,
        kind: 'forget_call',
        payload: { fingerprint, continued },
        due_at: now + IDEMPOTENCY_WINDOW_MS,
        key,
        is_background: true,
      };
}

/** Returns the idempotency record of a call; null for any other job. */
export function readIdempotencyRecord(job: Job): z.infer<typeof payload> | null {
  return job.kind === 'forget_call' ? payload.parse(job.payload) : null;
}

/** Returns the number of sessions that continued, or started a flow, because of a call of the host. */
export function countContinued(outcomes: readonly SessionOutcome[]): number {
  return outcomes.filter(({ trace }) =>
    trace.some(
      ({ kind, detail }) => kind === 'event_came' || (kind === 'flow_started' && detail === PROGRAM_START_REASON),
    ),
  ).length;
}
