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
  readonly mayStart: () => boolean;
  readonly monotonic: () => number;
}

/**
 * Group commit. An idle lane starts a batch at the end of the first turn of the event loop that brings nothing new, or when `linger` is over; while
 * one runs, the next gathers. So batches grow with the load, and an update that comes alone waits for one empty turn and never for a timer.
 */
export class Lane<Item extends LaneItem> {
  readonly #options: LaneOptions<Item>;
  #waiting: Item[] = [];
  #running = false;
  #scheduled = false;
  #onIdle: (() => void)[] = [];

  constructor(options: LaneOptions<Item>) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  push(item: Item): void {
    this.#waiting.push(item);
    this.wake();
  }

  /** Takes back what waits and meets the condition (it has waited too long). */
  withdraw(condition: (item: Item) => boolean): Item[] {
    const taken = this.#waiting.filter(condition);
    if (taken.length > 0) {
      this.#waiting = this.#waiting.filter((item) => !condition(item));
      this.#checkIdle();
    }
    return taken;
  }

  wake(): void {
    if (this.#running || this.#scheduled || this.#waiting.length === 0 || !this.#options.mayStart()) return;
    this.#scheduled = true;
    this.#gather(0, this.#options.monotonic() + this.#options.linger);
  }

  #gather(before: number, deadline: number): void {
    setImmediate(() => {
      const { length } = this.#waiting;
      if (length > before && length < this.#options.batchSize && this.#options.monotonic() < deadline) {
        this.#gather(length, deadline);
        return;
      }
      this.#scheduled = false;
      void this.#loop();
    });
  }

  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle.push(resolve);
      this.#checkIdle();
    });
  }

  async #loop(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0 && this.#options.mayStart()) await this.#options.run(this.#take());
    this.#running = false;
    this.#checkIdle();
  }

  #take(): Item[] {
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

  #checkIdle(): void {
    if (this.#running || this.#waiting.length > 0 || this.#onIdle.length === 0) return;
    const listeners = this.#onIdle;
    this.#onIdle = [];
    for (const listener of listeners) listener();
  }
}
