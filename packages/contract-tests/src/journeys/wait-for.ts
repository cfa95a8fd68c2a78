/** How long to wait, and what to say when it was in vain. */
export interface WaitForOptions {
  /** Milliseconds; 15,000 if not said. */
  readonly timeout?: number;
  /** What is waited for: `the queue to drain`. */
  readonly what: string;
  /** Adds what is known to the error. */
  readonly describe?: () => string;
}

const POLL_INTERVAL_MS = 10;

/**
 * Waits for a condition on the state of another process, for which there is no event, and answers what it gave.
 * Conditions inside a process are waited for by its events.
 *
 * @param condition - gives undefined or false while the time has not come
 */
export async function waitFor<Found>(
  condition: () => Found | Promise<Found>,
  { timeout = 15_000, what, describe }: WaitForOptions,
): Promise<Exclude<Found, undefined | false>> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const found = await condition();
    // What is neither undefined nor false is the found value.
    if (found !== undefined && found !== false) return found as Exclude<Found, undefined | false>;
    if (performance.now() > deadline)
      throw new Error(
        [`Waited ${timeout} ms in vain for ${what}.`, describe?.()].filter((part) => part !== undefined).join('\n'),
      );
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}
