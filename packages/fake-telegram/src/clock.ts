/** The fake's only source of time: dates of messages, delays of retries, expiry and long polls all come from here. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `delay` milliseconds; the function it returns calls that off. */
  schedule(delay: number, task: () => void): () => void;
}

/** The time of the machine. */
export function systemClock(): Clock {
  return {
    now: Date.now,
    schedule(delay, task) {
      const timer = setTimeout(task, delay);
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on by `milliseconds` and runs, in order, all that was due by then. */
  advance(milliseconds: number): void;
}

/**
 * Makes a clock that only `advance` moves, so that a day of retries takes a test no time.
 *
 * @param start - the first value of `now()`, milliseconds since 1970
 * @example
 * ```ts
 * import { createManualClock, startFakeTelegram } from '@botloom/fake-telegram';
 *
 * const clock = createManualClock();
 * const telegram = await startFakeTelegram({ clock });
 * clock.advance(150_000); // every button press still unanswered is now too old
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
