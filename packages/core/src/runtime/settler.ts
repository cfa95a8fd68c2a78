import type { SendOutcome } from '../storage/index.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

export interface SettlerOptions {
  readonly delay: number;
  readonly write: (outcomes: readonly SendOutcome[]) => Promise<void>;
  /** Told of outcomes that are recorded: they may be forgotten now. */
  readonly onSettled: (outcomes: readonly SendOutcome[]) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

const RETRY_DELAY = 1_000;

/** Gathers results of sends and writes them back together. What the database does not take just now is kept and tried again. */
export class Settler {
  readonly #options: SettlerOptions;
  #pending: SendOutcome[] = [];
  #writing: Promise<void> | null = null;
  #timer: (() => void) | null = null;

  constructor(options: SettlerOptions) {
    this.#options = options;
  }

  add(outcome: SendOutcome): void {
    this.#pending.push(outcome);
    this.#schedule(this.#options.delay);
  }

  /** Writes what is there now; resolves when it is written or the database refused it. */
  async flush(): Promise<boolean> {
    while (this.#writing !== null) await this.#writing;
    this.#cancel();
    if (this.#pending.length > 0) await this.#start();
    return this.#pending.length === 0;
  }

  #schedule(delay: number): void {
    if (this.#timer !== null || this.#writing !== null) return;
    this.#timer = this.#options.clock.setTimer(delay, () => {
      this.#timer = null;
      void this.#start();
    });
  }

  #cancel(): void {
    this.#timer?.();
    this.#timer = null;
  }

  #start(): Promise<void> {
    this.#writing ??= this.#write();
    return this.#writing;
  }

  async #write(): Promise<void> {
    const outcomes = this.#pending;
    this.#pending = [];
    let delay = this.#options.delay;
    try {
      await this.#options.write(outcomes);
      this.#options.onSettled(outcomes);
    } catch (error) {
      this.#pending = [...outcomes, ...this.#pending];
      delay = RETRY_DELAY;
      this.#options.logger.warn({ rows: outcomes.length, error: error instanceof Error ? error.message : String(error) }, 'results of sends could not be written back; trying again');
    } finally {
      this.#writing = null;
    }
    if (this.#pending.length > 0) this.#schedule(delay);
  }
}
