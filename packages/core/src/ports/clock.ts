/** The source of time. It is injected, so that tests control it. All values are in milliseconds. */
export interface Clock {
  /** Time since 1970. */
  now(): number;
  /** Time since an arbitrary point. It never goes back: for leases and timeouts. */
  monotonic(): number;
  /**
   * Calls the callback once after a delay. Returns a function that cancels it. A pending timer does not keep the
   * process alive.
   */
  setTimer(delay: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delay, callback) {
    const timer = setTimeout(callback, delay);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
