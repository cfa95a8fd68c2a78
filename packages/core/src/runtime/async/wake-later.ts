import type { Clock } from '../../ports/index.ts';

const LATER = 300;

/** For what nobody waits for: a way to wake somebody once those who do wait have their answers. However often it is called meanwhile, it wakes once. */
export function wakeLater(clock: Clock, wake: () => void): () => void {
  let isSet = false;
  return () => {
    if (isSet) return;
    isSet = true;
    clock.setTimer(LATER, () => {
      isSet = false;
      wake();
    });
  };
}
