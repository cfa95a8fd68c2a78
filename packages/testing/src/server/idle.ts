/** Knows when nothing happens any more. */
export interface IdleWatch {
  /** Something happened. */
  touch(): void;
  /**
   * Resolves when nothing was pending and nothing happened for `quiet` milliseconds. Rejects after `timeout`, saying
   * what is still going on.
   */
  idle(options?: IdleOptions): Promise<void>;
}

export interface IdleOptions {
  /** Milliseconds without anything happening; 50 if not said. */
  quiet?: number;
  /** Milliseconds to wait at most; 10 000 if not said. */
  timeout?: number;
}

/** @param busy - says what is pending, or undefined */
export function createIdleWatch(busy: () => string | undefined): IdleWatch {
  const waiters = new Set<() => void>();
  return {
    touch() {
      for (const waiter of waiters) waiter();
    },
    idle: ({ quiet = 50, timeout = 10_000 } = {}) =>
      new Promise((resolve, reject) => {
        let quietTimer: NodeJS.Timeout | undefined;
        const finish = (settle: () => void) => {
          clearTimeout(quietTimer);
          clearTimeout(limit);
          waiters.delete(restart);
          settle();
        };
        const restart = () => {
          clearTimeout(quietTimer);
          quietTimer = setTimeout(() => {
            // Whatever is pending ends with a touch, which starts the wait anew.
            if (busy() === undefined) finish(resolve);
          }, quiet);
        };
        const limit = setTimeout(() => {
          finish(() => reject(new Error(`Not idle after ${timeout} ms: ${busy() ?? 'things keep happening'}`)));
        }, timeout);
        waiters.add(restart);
        restart();
      }),
  };
}
