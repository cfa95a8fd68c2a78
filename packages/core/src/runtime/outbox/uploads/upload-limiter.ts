/**
 * Maximum number of concurrent uploads. Each is read and written in parts; together they must not use the whole
 * bandwidth.
 */
const MAX_CONCURRENT_UPLOADS = 4;

interface Waiter {
  readonly keys: readonly string[];
  readonly resolve: () => void;
}

/**
 * Limits uploads: a few calls at a time, and each file by one call only. A call that waits for the same file can then
 * use the file ID.
 */
export class UploadLimiter {
  readonly #activeKeys = new Set<string>();
  #freeSlots = MAX_CONCURRENT_UPLOADS;
  #waiting: Waiter[] = [];

  /** Returns a function that releases the slot; null if there is no free slot. */
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

  /** Resolves when another try may succeed. */
  waitForSlot(keys: readonly string[]): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ keys, resolve }));
  }

  #isFree(keys: readonly string[]): boolean {
    return this.#freeSlots > 0 && !keys.some((key) => this.#activeKeys.has(key));
  }
}
