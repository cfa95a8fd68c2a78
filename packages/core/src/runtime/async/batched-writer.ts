import { errorMessage } from '../../errors/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import { BatchDataError } from '../../storage/index.ts';

export interface BatchedWriterOptions<Outcome> {
  readonly delayMs: number;
  readonly write: (outcomes: readonly Outcome[]) => Promise<void>;
  /** Called with results that are recorded and can be forgotten. */
  readonly onWritten: (outcomes: readonly Outcome[]) => void;
  /** Returns a replacement for a result whose text the database rejects; null for none. */
  readonly toFallback: (outcome: Outcome) => Outcome | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

const RETRY_DELAY_MS = 1_000;

/**
 * Collects results of sends or jobs and writes them together. While the database is unavailable, results are kept and
 * tried again. A result that the database always rejects does not delay the others.
 */
export class BatchedWriter<Outcome> {
  readonly #options: BatchedWriterOptions<Outcome>;
  #pending: Outcome[] = [];
  #writing: Promise<void> | null = null;
  #timer: (() => void) | null = null;
  #isClosed = false;

  constructor(options: BatchedWriterOptions<Outcome>) {
    this.#options = options;
  }

  add(outcome: Outcome): void {
    this.#pending.push(outcome);
    this.#schedule(this.#options.delayMs);
  }

  /** Writes all pending results now. Returns true if the database has accepted them. */
  async flush(): Promise<boolean> {
    while (this.#writing !== null) await this.#writing;
    this.#cancel();
    if (this.#pending.length > 0) await this.#startWrite();
    return this.#pending.length === 0;
  }

  /** Stops writing, also of results that arrive later. */
  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  #schedule(delayMs: number): void {
    if (this.#isClosed || this.#timer !== null || this.#writing !== null) return;
    this.#timer = this.#options.clock.setTimer(delayMs, () => {
      this.#timer = null;
      void this.#startWrite();
    });
  }

  #cancel(): void {
    this.#timer?.();
    this.#timer = null;
  }

  #startWrite(): Promise<void> {
    this.#writing ??= this.#write();
    return this.#writing;
  }

  async #write(): Promise<void> {
    const outcomes = this.#pending;
    this.#pending = [];
    let delayMs = this.#options.delayMs;
    try {
      await this.#writeOrSplit(outcomes);
    } catch (error) {
      delayMs = RETRY_DELAY_MS;
      this.#options.logger.warn(
        { results: this.#pending.length, error: errorMessage(error) },
        'results could not be written to the database; trying again in a second',
      );
    } finally {
      this.#writing = null;
    }
    if (this.#pending.length > 0) this.#schedule(delayMs);
  }

  /**
   * Writes the results, in halves if the database rejects the data.
   *
   * @throws the error of the database - when it is unavailable; results that were not recorded are pending again
   */
  async #writeOrSplit(outcomes: readonly Outcome[]): Promise<void> {
    try {
      await this.#options.write(outcomes);
      this.#options.onWritten(outcomes);
    } catch (error) {
      if (!(error instanceof BatchDataError)) {
        this.#pending = [...outcomes, ...this.#pending];
        throw error;
      }
      await (outcomes.length === 1 ? this.#writeFallback(outcomes, error) : this.#writeHalves(outcomes));
    }
  }

  async #writeHalves(outcomes: readonly Outcome[]): Promise<void> {
    const half = Math.ceil(outcomes.length / 2);
    const [first, second] = [outcomes.slice(0, half), outcomes.slice(half)];
    try {
      await this.#writeOrSplit(first);
    } catch (error) {
      this.#pending.push(...second);
      throw error;
    }
    await this.#writeOrSplit(second);
  }

  async #writeFallback([outcome]: readonly Outcome[], refusal: BatchDataError): Promise<void> {
    if (outcome === undefined) return;
    const fallback = this.#options.toFallback(outcome);
    this.#options.logger.error(
      { error: refusal.message, is_replaced: fallback !== null },
      'the database rejects a result; `is_replaced` says if it is stored without external text',
    );
    if (fallback === null) this.#options.onWritten([outcome]);
    else await this.#writeOrSplit([fallback]);
  }
}
