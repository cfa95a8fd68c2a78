/** Timeout of a wait, and the details of its error message. */
export interface WaitForOptions {
  /** Milliseconds; defaults to 15,000. */
  readonly timeout?: number;
  /** Name of the condition for the error message: `the queue to drain`. */
  readonly what: string;
  /** Adds the current state to the error message. */
  readonly describe?: () => string;
}

const POLL_INTERVAL_MS = 10;

/**
 * Waits for a condition on the state of another process, for which there is no event. Returns the condition's value.
 * Conditions inside a process are waited for by its events.
 *
 * @param condition - returns undefined or false until it is met
 */
export async function waitFor<Found>(
  condition: () => Found | Promise<Found>,
  { timeout = 60_000, what, describe }: WaitForOptions,
): Promise<Exclude<Found, undefined | false>> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const found = await condition();
    // Any value except undefined and false is the result.
    if (found !== undefined && found !== false) return found as Exclude<Found, undefined | false>;
    if (performance.now() > deadline)
      throw new Error(
        [`Waited ${timeout} ms in vain for ${what}.`, describe?.()].filter((part) => part !== undefined).join('\n'),
      );
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}
