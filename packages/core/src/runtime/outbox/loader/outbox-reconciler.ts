import { errorMessage } from '../../../errors/index.ts';
import type { Clock, Logger } from '../../../ports/index.ts';
import type { OutboxStore } from '../../../storage/index.ts';

export interface OutboxReconcilerDeps {
  readonly currentOwner: () => string;
  readonly outbox: Pick<OutboxStore, 'backlog'>;
  /** Returns the number of rows of the owner that are known to this instance. */
  readonly known: () => number;
  /** Called when the table has more rows. */
  readonly onMore: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Interval at which the table is compared with the rows in memory: another instance may hand over rows without a
 * notification, and the response to a commit can be lost.
 */
const RECONCILE_INTERVAL_MS = 2_000;

/** Counts the rows of the table at an interval, to find rows that were not announced. */
export class OutboxReconciler {
  readonly #deps: OutboxReconcilerDeps;
  #isOpen = false;
  #cancelCheck: (() => void) | null = null;

  constructor(deps: OutboxReconcilerDeps) {
    this.#deps = deps;
  }

  open(): void {
    this.#isOpen = true;
    this.#scheduleCheck();
  }

  close(): void {
    this.#isOpen = false;
    this.#cancelCheck?.();
  }

  #scheduleCheck(): void {
    this.#cancelCheck = this.#deps.clock.setTimer(RECONCILE_INTERVAL_MS, () => {
      void this.#check().finally(() => {
        if (this.#isOpen) this.#scheduleCheck();
      });
    });
  }

  async #check(): Promise<void> {
    const { outbox, currentOwner, known, onMore, logger } = this.#deps;
    const before = known();
    try {
      const rows = await outbox.backlog(currentOwner());
      if (rows > Math.max(before, known())) onMore();
    } catch (error) {
      logger.debug({ error: errorMessage(error) }, 'the rows of the outbox could not be counted; trying again');
    }
  }
}
