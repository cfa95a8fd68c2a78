import { systemClock, type Clock } from '@botloom/core';

/** The machine's clock, which a test may put forward. Timers and monotonic time go on as they are. */
export interface ShiftableClock extends Clock {
  /** @param time - milliseconds */
  shift(time: number): void;
}

export function createShiftableClock(): ShiftableClock {
  let offset = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + offset,
    shift(time) {
      offset += time;
    },
  };
}
