/** Calls that upload at a time. Each is read and written in pieces; together they must not take the whole line. */
const MAX_CONCURRENT_UPLOADS = 4;

interface Waiter {
  readonly keys: readonly string[];
  readonly resolve: () => void;
}

/** Who may upload now: a few calls at a time, and each file only one of them. Who waits finds then what Telegram calls it. */
export class UploadLimiter {
  readonly #activeKeys = new Set<string>();
  #freeSlots = MAX_CONCURRENT_UPLOADS;
  #waiting: Waiter[] = [];

  /** Gives what is to be called in the end; null: not now. */
  tryAcquire(keys: readonly string[]): (() => void) | null {
    if (!this.#isFree(keys)) return null;
    this.#freeSlots -= 1;
    for (const key of keys) this.#activeKeys.add(key);
    return () => {
      this.#freeSlots += 1;
      for (const key of keys) this.#activeKeys.delete(key);
      const free = this.#waiting.filter((waiting) => this.#isFree(waiting.keys));
      this.#waiting = this.#waiting.filter((waiting) => !free.includes(waiting));
      for (const { resolve } of free) resolve();
    };
  }

  /** Resolves when it may be worth another try. */
  waitForSlot(keys: readonly string[]): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ keys, resolve }));
  }

  #isFree(keys: readonly string[]): boolean {
    return this.#freeSlots > 0 && !keys.some((key) => this.#activeKeys.has(key));
  }
}
