import { systemClock, type Clock } from '@botloom/core';

/** The machine's clock, which a test may put forward. Timers and monotonic time continue as they are. */
export interface ShiftableClock extends Clock {
  /**
   * Puts the time forward. A held clock runs again.
   *
   * @param time - milliseconds
   */
  shift(time: number): void;
  /** Stops the time until the next `shift`, so that several changes happen at one time, however slow the machine is. */
  hold(): void;
}

/** Creates a clock that shows the machine's time at first. */
export function createShiftableClock(): ShiftableClock {
  let offset = 0;
  let held: number | null = null;
  const now = (): number => held ?? systemClock.now() + offset;
  return {
    ...systemClock,
    now,
    shift(time) {
      offset = now() + time - systemClock.now();
      held = null;
    },
    hold() {
      held = now();
    },
  };
}
