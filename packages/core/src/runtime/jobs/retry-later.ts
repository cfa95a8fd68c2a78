import type { Job } from '../../storage/index.ts';
import type { JobDeps, JobResult } from './job-handler.ts';

const MAX_RETRY_DELAY_MS = 5 * 60_000;

/**
 * Retries after 1, 4, 16 … seconds, or after `minDelayMs` if that is longer.
 *
 * @param minDelayMs - delay that the other server requests, in milliseconds
 */
export function retryLater(
  { attempts }: Job,
  { clock }: Pick<JobDeps, 'clock'>,
  reason: string,
  minDelayMs = 0,
): Extract<JobResult, { readonly kind: 'again' }> {
  return {
    kind: 'again',
    due_at: clock.now() + Math.min(MAX_RETRY_DELAY_MS, Math.max(minDelayMs, 1_000 * 4 ** attempts)),
    reason,
    attempts: attempts + 1,
  };
}
