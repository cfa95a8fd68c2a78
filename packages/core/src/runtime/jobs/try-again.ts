import type { Job } from '../../storage/index.ts';
import type { JobDeps, JobResult } from './job-handler.ts';

const LONGEST = 5 * 60_000;

/** A second, four, sixteen … later, or when the other side wants it (milliseconds). */
export function tryAgain(
  { attempts }: Job,
  { clock }: Pick<JobDeps, 'clock'>,
  reason: string,
  wanted = 0,
): Extract<JobResult, { readonly kind: 'again' }> {
  return {
    kind: 'again',
    due_at: clock.now() + Math.min(LONGEST, Math.max(wanted, 1_000 * 4 ** attempts)),
    reason,
    attempts: attempts + 1,
  };
}
