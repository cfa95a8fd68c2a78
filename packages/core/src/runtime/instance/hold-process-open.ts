/** Longest delay that a Node.js timer supports. */
const MAX_TIMER_DELAY_MS = 2 ** 31 - 1;

/** Keeps the process alive: all other timers of Botloom are unreferenced. Returns a function that ends this. */
export function holdProcessOpen(): () => void {
  const timer = setInterval(() => undefined, MAX_TIMER_DELAY_MS);
  return () => {
    clearInterval(timer);
  };
}
