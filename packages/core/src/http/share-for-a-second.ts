import type { Clock } from '../ports/index.ts';

/** Milliseconds. */
const SHARED_FOR = 1000;

/** Makes an expensive check cheap to call from outside: one runs at a time, and its outcome serves everybody for a second. */
export function shareForASecond(clock: Pick<Clock, 'monotonic'>, check: () => Promise<void>): () => Promise<void> {
  let last: { readonly outcome: Promise<void>; readonly until: number } | null = null;
  return () => {
    const now = clock.monotonic();
    if (last === null || now >= last.until) last = { outcome: check(), until: now + SHARED_FOR };
    return last.outcome;
  };
}
