/** The longest that a timer takes. */
const LONGEST = 2 ** 31 - 1;

/** Keeps the process from ending for want of anything to wait for: no timer of ours does. Gives the way to end that. */
export function keepAlive(): () => void {
  const timer = setInterval(() => undefined, LONGEST);
  return () => {
    clearInterval(timer);
  };
}
