export interface LaneItem {
  /** Size of the update in bytes. */
  readonly bytes: number;
}

export interface LaneOptions<Item extends LaneItem> {
  readonly batchSize: number;
  readonly batchBytes: number;
  /** Maximum time for which an idle lane collects a batch, in milliseconds. */
  readonly linger: number;
  /** Runs one batch. It settles the items itself and never rejects. */
  readonly run: (items: Item[]) => Promise<void>;
  /** While this returns false, no batch starts. Call `wake` when it may have changed. */
  readonly canStart: () => boolean;
  readonly monotonic: () => number;
}

/**
 * Group commit. An idle lane starts a batch after the first turn of the event loop that brings nothing new, or when
 * `linger` has passed. While a batch runs, the next one is collected. So batches grow with the load, and a single
 * update waits for one empty turn and never for a timer.
 */
export class Lane<Item extends LaneItem> {
  readonly #options: LaneOptions<Item>;
  #waiting: Item[] = [];
  #isRunning = false;
  #isScheduled = false;
  #idleListeners: (() => void)[] = [];

  constructor(options: LaneOptions<Item>) {
    this.#options = options;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  push(item: Item): void {
    this.#waiting.push(item);
    this.wake();
  }

  /** Removes and returns the waiting items that meet the condition. */
  removeWhere(predicate: (item: Item) => boolean): Item[] {
    const taken = this.#waiting.filter(predicate);
    if (taken.length > 0) {
      this.#waiting = this.#waiting.filter((item) => !predicate(item));
      this.#notifyIfIdle();
    }
    return taken;
  }

  wake(): void {
    if (this.#isRunning || this.#isScheduled || this.#waiting.length === 0 || !this.#options.canStart()) return;
    this.#isScheduled = true;
    this.#collect(0, this.#options.monotonic() + this.#options.linger);
  }

  #collect(before: number, deadline: number): void {
    setImmediate(() => {
      const { length } = this.#waiting;
      if (length > before && length < this.#options.batchSize && this.#options.monotonic() < deadline) {
        this.#collect(length, deadline);
        return;
      }
      this.#isScheduled = false;
      void this.#runBatches();
    });
  }

  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleListeners.push(resolve);
      this.#notifyIfIdle();
    });
  }

  async #runBatches(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0 && this.#options.canStart()) await this.#options.run(this.#takeBatch());
    this.#isRunning = false;
    this.#notifyIfIdle();
  }

  #takeBatch(): Item[] {
    let bytes = 0;
    let count = 0;
    for (const item of this.#waiting) {
      bytes += item.bytes;
      if (count > 0 && (count >= this.#options.batchSize || bytes > this.#options.batchBytes)) break;
      count += 1;
    }
    if (count === this.#waiting.length) {
      const all = this.#waiting;
      this.#waiting = [];
      return all;
    }
    return this.#waiting.splice(0, count);
  }

  #notifyIfIdle(): void {
    if (this.#isRunning || this.#waiting.length > 0 || this.#idleListeners.length === 0) return;
    const listeners = this.#idleListeners;
    this.#idleListeners = [];
    for (const listener of listeners) listener();
  }
}
