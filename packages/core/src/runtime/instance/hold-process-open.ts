/** The longest that a timer takes. */
const MAX_TIMER_DELAY_MS = 2 ** 31 - 1;

/** Keeps the process from ending for want of anything to wait for: no timer of ours does. Gives the way to end that. */
export function holdProcessOpen(): () => void {
  const timer = setInterval(() => undefined, MAX_TIMER_DELAY_MS);
  return () => {
    clearInterval(timer);
  };
}
