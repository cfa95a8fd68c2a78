import { z } from 'zod';
import { STARTED_BY_PROGRAM } from '../../engine/index.ts';
import { HOUR_MS } from '../../model/index.ts';
import type { Job, NewJob } from '../../storage/index.ts';
import type { CallRecord, SessionOutcome } from './pending-input.ts';

/** How long a call is remembered by its name. */
const MEMORY = 48 * HOUR_MS;

const payload = z.object({ fingerprint: z.string(), continued: z.number() });

/** What remembers a call; it is written with what the call has changed. Null for one that has changed nothing: it may be made again. */
export function rememberCall(
  bot_id: string,
  { key, fingerprint }: CallRecord,
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
        due_at: now + MEMORY,
        key,
        is_background: true,
      };
}

/** What is remembered of a call; null for any other job. */
export function readRecord(job: Job): z.infer<typeof payload> | null {
  return job.kind === 'forget_call' ? payload.parse(job.payload) : null;
}

/** How many sessions went on, or began a flow, because of a call of the host. */
export function countContinued(outcomes: readonly SessionOutcome[]): number {
  return outcomes.filter(({ trace }) =>
    trace.some(
      ({ kind, detail }) => kind === 'event_came' || (kind === 'flow_started' && detail === STARTED_BY_PROGRAM),
    ),
  ).length;
}
