/** Calls that upload at a time. Each is read and written in pieces; together they must not take the whole line. */
const PLACES = 4;

interface Waiting {
  readonly keys: readonly string[];
  readonly resolve: () => void;
}

/** Who may upload now: a few calls at a time, and each file only one of them. Who waits finds then what Telegram calls it. */
export class UploadGate {
  readonly #busy = new Set<string>();
  #places = PLACES;
  #waiting: Waiting[] = [];

  /** Gives what is to be called in the end; null: not now. */
  enter(keys: readonly string[]): (() => void) | null {
    if (!this.#isFree(keys)) return null;
    this.#places -= 1;
    for (const key of keys) this.#busy.add(key);
    return () => {
      this.#places += 1;
      for (const key of keys) this.#busy.delete(key);
      const free = this.#waiting.filter((waiting) => this.#isFree(waiting.keys));
      this.#waiting = this.#waiting.filter((waiting) => !free.includes(waiting));
      for (const { resolve } of free) resolve();
    };
  }

  /** Resolves when it may be worth another try. */
  wait(keys: readonly string[]): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ keys, resolve }));
  }

  #isFree(keys: readonly string[]): boolean {
    return this.#places > 0 && !keys.some((key) => this.#busy.has(key));
  }
}
