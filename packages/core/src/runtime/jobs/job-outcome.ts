import { HOUR_MS } from '../../model/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { Job, JobOutcome } from '../../storage/index.ts';
import type { JobResult } from './job-handler.ts';

/** A job that has failed this often becomes a dead letter. */
const MAX_ATTEMPTS = 8;
const MAX_BACKOFF_MS = HOUR_MS;

/** Returns the outcome to record for a job that has run; null if it is recorded already. */
export function jobOutcome(
  { id, kind, attempts }: Job,
  result: JobResult | Error,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): JobOutcome | null {
  if (!(result instanceof Error)) {
    if (result.kind === 'committed') return null;
    const { jobs = [] } = result;
    if (result.kind === 'done') return { kind: 'done', id, profile: result.profile ?? null, jobs };
    return {
      kind: 'postponed',
      id,
      due_at: result.due_at,
      reason: result.reason.replaceAll('\0', ''),
      attempts: result.attempts ?? 0,
      jobs,
    };
  }
  logger.warn(
    { job: id, kind, attempts: attempts + 1, error: result.message },
    'a job failed; it is retried, and becomes a dead letter after its last attempt',
  );
  // PostgreSQL cannot store U+0000. One rejected reason would delay all other results.
  const reason = result.message.replaceAll('\0', '');
  if (attempts + 1 >= MAX_ATTEMPTS) return { kind: 'failed', id, reason };
  return {
    kind: 'postponed',
    id,
    due_at: clock.now() + Math.min(MAX_BACKOFF_MS, 1_000 * 4 ** attempts),
    reason,
    attempts: attempts + 1,
  };
}
