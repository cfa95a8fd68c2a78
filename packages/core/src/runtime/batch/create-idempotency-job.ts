import { z } from 'zod';
import { PROGRAM_START_REASON } from '../../engine/index.ts';
import { HOUR_MS } from '../../model/index.ts';
import type { Job, NewJob } from '../../storage/index.ts';
import type { IdempotencyRecord, SessionOutcome } from './pending-input.ts';

/** How long a call is remembered by its name. */
const IDEMPOTENCY_WINDOW_MS = 48 * HOUR_MS;

const payload = z.object({ fingerprint: z.string(), continued: z.number() });

/** What remembers a call; it is written with what the call has changed. Null for one that has changed nothing: it may be made again. */
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

/** What is remembered of a call; null for any other job. */
export function readIdempotencyRecord(job: Job): z.infer<typeof payload> | null {
  return job.kind === 'forget_call' ? payload.parse(job.payload) : null;
}

/** How many sessions went on, or began a flow, because of a call of the host. */
export function countContinued(outcomes: readonly SessionOutcome[]): number {
  return outcomes.filter(({ trace }) =>
    trace.some(
      ({ kind, detail }) => kind === 'event_came' || (kind === 'flow_started' && detail === PROGRAM_START_REASON),
    ),
  ).length;
}
