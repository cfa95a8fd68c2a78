import type { Clock } from './clock.ts';

/** A clock that moves only by `advance`. For tests of timers, waits and leases without sleeping. */
export interface ManualClock extends Clock {
  /** Moves the time forward by `duration` milliseconds, and calls the timers that are due on the way, in order. */
  advance(duration: number): void;
}

/**
 * Creates a clock that does not move until `advance` is called.
 *
 * @param start - milliseconds since 1970; default the first moment of 2026
 * @example
 * const clock = createManualClock();
 * clock.setTimer(1000, () => console.log('a second later'));
 * clock.advance(1000);
 */
export function createManualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsed = 0;
  let timers: { readonly dueAt: number; readonly callback: () => void }[] = [];
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    setTimer(delay, callback) {
      const timer = { dueAt: elapsed + delay, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(duration) {
      const end = elapsed + duration;
      for (;;) {
        const due = timers.filter((timer) => timer.dueAt <= end).sort((a, b) => a.dueAt - b.dueAt)[0];
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        elapsed = Math.max(elapsed, due.dueAt);
        due.callback();
      }
      elapsed = end;
    },
  };
}
