import type { Clock } from '../../ports/index.ts';

const WAKE_DELAY_MS = 300;

/** For what nobody waits for: a way to wake somebody once those who do wait have their answers. However often it is called meanwhile, it wakes once. */
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
