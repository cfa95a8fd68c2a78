export interface StopOptions {
  readonly print: (text: string) => void;
  /** Time after which a stop counts as failed, in milliseconds. */
  readonly timeoutMs?: number;
}

/** A package manager can pass Ctrl+C on, so it arrives twice. A second signal within this time is a duplicate. */
const DUPLICATE_SIGNAL_WINDOW_MS = 1_000;
const DEFAULT_TIMEOUT_MS = 25_000;

/** Stops the process gracefully on the first SIGINT or SIGTERM (exit code 0), and immediately on the second. */
export function stopOnSignals(stop: () => Promise<void>, { print, timeoutMs = DEFAULT_TIMEOUT_MS }: StopOptions): void {
  let stopping_at: number | null = null;
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(signal, () => {
      if (stopping_at !== null) {
        if (performance.now() - stopping_at > DUPLICATE_SIGNAL_WINDOW_MS) process.exit(128 + number);
        return;
      }
      stopping_at = performance.now();
      print('\nStopping. Accepted work is completed now or at the next start. Press Ctrl+C again to stop immediately.');
      setTimeout(() => {
        print('The stop took too long. No acknowledged work is lost: it continues at the next start.');
        process.exit(1);
      }, timeoutMs).unref();
      stop().then(
        () => {
          print('Stopped.');
          process.exit(0);
        },
        (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          print(`The stop failed: ${reason}\nNo acknowledged work is lost: it is in the database.`);
          process.exit(1);
        },
      );
    });
  }
}
