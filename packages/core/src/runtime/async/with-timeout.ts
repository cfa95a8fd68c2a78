import type { Clock } from '../../ports/index.ts';

/** Resolves when the work is done, or after `timeoutMs` milliseconds. The work must not reject. */
export function withTimeout(work: Promise<unknown>, timeoutMs: number, clock: Pick<Clock, 'setTimer'>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.setTimer(Math.max(0, timeoutMs), resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
}
