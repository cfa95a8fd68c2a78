import type { Clock } from '../../ports/index.ts';

const SHARED_FOR_MS = 1000;

/**
 * Makes an expensive check cheap to call for anonymous callers: one check runs at a time, and its outcome, also a
 * failure, is shared by all calls of the next second.
 */
export function shareForASecond(clock: Pick<Clock, 'monotonic'>, check: () => Promise<void>): () => Promise<void> {
  let last: { readonly outcome: Promise<void>; readonly until: number } | null = null;
  return () => {
    const now = clock.monotonic();
    if (last === null || now >= last.until) last = { outcome: check(), until: now + SHARED_FOR_MS };
    return last.outcome;
  };
}
