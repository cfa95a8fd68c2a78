export interface StopOptions {
  readonly print: (text: string) => void;
  /** Milliseconds after which a stop counts as failed. */
  readonly patience?: number;
}

/** Ctrl+C reaches us twice when a package manager hands it on: what comes within this time is the same wish. Milliseconds. */
const DUPLICATE_SIGNAL_WINDOW_MS = 1_000;
const DEFAULT_TIMEOUT_MS = 25_000;

/** Ends the process in order on the first SIGINT or SIGTERM (exit code 0), at once on the second. */
export function stopOnSignals(stop: () => Promise<void>, { print, patience = DEFAULT_TIMEOUT_MS }: StopOptions): void {
  let asked_at: number | null = null;
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(signal, () => {
      if (asked_at !== null) {
        if (performance.now() - asked_at > DUPLICATE_SIGNAL_WINDOW_MS) process.exit(128 + number);
        return;
      }
      asked_at = performance.now();
      print('\nStopping: what was accepted is finished or kept for the next start. Once more stops at once.');
      setTimeout(() => {
        print('It did not stop in time. Nothing that was acknowledged is lost: it goes on at the next start.');
        process.exit(1);
      }, patience).unref();
      stop().then(
        () => {
          print('Stopped.');
          process.exit(0);
        },
        (error: unknown) => {
          print(
            `It could not stop in order: ${error instanceof Error ? error.message : String(error)} What was acknowledged is in the database.`,
          );
          process.exit(1);
        },
      );
    });
  }
}
