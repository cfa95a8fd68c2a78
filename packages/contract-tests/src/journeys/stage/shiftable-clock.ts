import { systemClock, type Clock } from '@botloom/core';

/** The machine's clock, which a test can move forward. Timers and monotonic time are not affected. */
export interface ShiftableClock extends Clock {
  /**
   * Moves the time forward. A held clock runs again.
   *
   * @param time - milliseconds
   */
  shift(time: number): void;
  /** Stops the time until the next `shift`, so that several changes have the same time even on a slow machine. */
  hold(): void;
}

/** Creates a clock that starts with the machine's time. */
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
