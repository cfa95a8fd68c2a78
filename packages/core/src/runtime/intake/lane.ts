export interface LaneItem {
  /** Size of the update in bytes. */
  readonly bytes: number;
}

export interface LaneOptions<Item extends LaneItem> {
  readonly batchSize: number;
  readonly batchBytes: number;
  /** Milliseconds that a batch of an idle lane gathers at the most. */
  readonly linger: number;
  /** Runs one batch; settles its items itself and never rejects. */
  readonly run: (items: Item[]) => Promise<void>;
  /** While false, no batch starts; `wake` tells that it may have changed. */
  readonly canStart: () => boolean;
  readonly monotonic: () => number;
}

/**
 * Group commit. An idle lane starts a batch at the end of the first turn of the event loop that brings nothing new, or when `linger` is over; while
 * one runs, the next gathers. So batches grow with the load, and an update that comes alone waits for one empty turn and never for a timer.
 */
export class Lane<Item extends LaneItem> {
  readonly #options: LaneOptions<Item>;
  #waitingCount: Item[] = [];
  #isRunning = false;
  #isScheduled = false;
  #idleListeners: (() => void)[] = [];

  constructor(options: LaneOptions<Item>) {
    this.#options = options;
  }

  get waitingCount(): number {
    return this.#waitingCount.length;
  }

  push(item: Item): void {
    this.#waitingCount.push(item);
    this.wake();
  }

  /** Takes back what waits and meets the condition (it has waited too long). */
  removeWhere(predicate: (item: Item) => boolean): Item[] {
    const taken = this.#waitingCount.filter(predicate);
    if (taken.length > 0) {
      this.#waitingCount = this.#waitingCount.filter((item) => !predicate(item));
      this.#notifyIfIdle();
    }
    return taken;
  }

  wake(): void {
    if (this.#isRunning || this.#isScheduled || this.#waitingCount.length === 0 || !this.#options.canStart()) return;
    this.#isScheduled = true;
    this.#collect(0, this.#options.monotonic() + this.#options.linger);
  }

  #collect(before: number, deadline: number): void {
    setImmediate(() => {
      const { length } = this.#waitingCount;
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
    while (this.#waitingCount.length > 0 && this.#options.canStart()) await this.#options.run(this.#takeBatch());
    this.#isRunning = false;
    this.#notifyIfIdle();
  }

  #takeBatch(): Item[] {
    let bytes = 0;
    let count = 0;
    for (const item of this.#waitingCount) {
      bytes += item.bytes;
      if (count > 0 && (count >= this.#options.batchSize || bytes > this.#options.batchBytes)) break;
      count += 1;
    }
    if (count === this.#waitingCount.length) {
      const all = this.#waitingCount;
      this.#waitingCount = [];
      return all;
    }
    return this.#waitingCount.splice(0, count);
  }

  #notifyIfIdle(): void {
    if (this.#isRunning || this.#waitingCount.length > 0 || this.#idleListeners.length === 0) return;
    const listeners = this.#idleListeners;
    this.#idleListeners = [];
    for (const listener of listeners) listener();
  }
}
