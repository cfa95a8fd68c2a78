/**
 * The fake's only source of time: for dates of messages, delays of retries, expiry and long polls.
 *
 * `@botloom/core` has a clock of the same shape. This package does not depend on the core, so it has a copy.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Runs `task` once after a delay.
   *
   * @param delay - milliseconds
   * @returns a function that cancels the task
   */
  schedule(delay: number, task: () => void): () => void;
}

/** Returns a clock with the time of the machine. */
export function systemClock(): Clock {
  return {
    now: Date.now,
    schedule(delay, task) {
      const timer = setTimeout(task, delay);
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that only moves when a test advances it. */
export interface ManualClock extends Clock {
  /** Advances the time and runs, in order, all tasks that are due by then. */
  advance(milliseconds: number): void;
}

/**
 * Creates a clock that only `advance` moves, so that a test of a day of retries takes no time.
 *
 * @param start - the first value of `now()`, milliseconds since 1970
 * @example
 * ```ts
 * import { createManualClock, startFakeTelegram } from '@botloom/fake-telegram';
 *
 * const clock = createManualClock();
 * const telegram = await startFakeTelegram({ clock });
 * clock.advance(150_000); // every unanswered button press has now expired
 * ```
 */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  const tasks = new Set<{ due: number; task: () => void }>();
  return {
    now: () => now,
    schedule(delay, task) {
      const entry = { due: now + Math.max(0, delay), task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const due = [...tasks].filter((entry) => entry.due <= end).sort((a, b) => a.due - b.due)[0];
        if (!due) break;
        tasks.delete(due);
        now = due.due;
        due.task();
      }
      now = end;
    },
  };
}
