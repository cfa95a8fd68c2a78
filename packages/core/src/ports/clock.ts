/** Time, injected so that tests own it. Milliseconds. */
export interface Clock {
  /** Since 1970. */
  now(): number;
  /** Since any point, never going back: for leases and timeouts. */
  monotonic(): number;
  /** Calls back once after a delay; gives a function that cancels. A pending timer does not keep the process alive. */
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
