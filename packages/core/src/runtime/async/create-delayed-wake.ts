import type { Clock } from '../../ports/index.ts';

const WAKE_DELAY_MS = 300;

/**
 * Returns a function that calls `wake` after a delay, once for any number of calls in that time. For background work
 * that should not slow down responses.
 */
export function createDelayedWake(clock: Clock, wake: () => void): () => void {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    clock.setTimer(WAKE_DELAY_MS, () => {
      isScheduled = false;
      wake();
    });
  };
}
