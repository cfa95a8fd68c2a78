import type { Activity } from '../state/world.ts';

/** When to call the fake idle. */
export interface IdleOptions {
  /** Milliseconds without anything happening; 50 if not said. */
  quiet?: number;
  /** Milliseconds to wait at most; 10 000 if not said. */
  timeout?: number;
}

/**
 * Resolves when nothing was pending and nothing happened for `quiet` milliseconds. Rejects after `timeout`, saying what
 * is still going on.
 *
 * @param describePending - says what is pending, or undefined
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
        // Whatever is pending ends with a touch, which starts the wait anew.
        if (describePending() === undefined) finish(resolve);
      }, quiet);
    };
    const timeoutTimer = setTimeout(() => {
      finish(() => reject(new Error(`Not idle after ${timeout} ms: ${describePending() ?? 'things keep happening'}`)));
    }, timeout);
    activity.watchers.add(restart);
    restart();
  });
}
