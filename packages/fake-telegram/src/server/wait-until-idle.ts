import type { Activity } from '../state/world.ts';

/** Options of the wait for idleness. */
export interface IdleOptions {
  /** Milliseconds without any activity; 50 by default. */
  quiet?: number;
  /** Maximum wait in milliseconds; 10 000 by default. */
  timeout?: number;
}

/**
 * Resolves when nothing is pending and nothing has happened for `quiet` milliseconds. Rejects after `timeout`, with a
 * description of the pending work.
 *
 * @param describePending - describes the pending work, or returns undefined
 */
export function waitUntilIdle(
  activity: Activity,
  describePending: () => string | undefined,
  { quiet = 50, timeout = 10_000 }: IdleOptions = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    let quietTimer: NodeJS.Timeout | undefined;
    const finish = (settle: () => void) => {
      clearTimeout(quietTimer);
      clearTimeout(timeoutTimer);
      activity.watchers.delete(restart);
      settle();
    };
    const restart = () => {
      clearTimeout(quietTimer);
      quietTimer = setTimeout(() => {
        // Pending work ends with an activity, which starts the wait again.
        if (describePending() === undefined) finish(resolve);
      }, quiet);
    };
    const timeoutTimer = setTimeout(() => {
      finish(() =>
        reject(new Error(`Not idle after ${timeout} ms: ${describePending() ?? 'there is still activity'}`)),
      );
    }, timeout);
    activity.watchers.add(restart);
    restart();
  });
}
