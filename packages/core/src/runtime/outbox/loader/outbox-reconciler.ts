import { errorMessage } from '../../../errors/index.ts';
import type { Clock, Logger } from '../../../ports/index.ts';
import type { OutboxStore } from '../../../storage/index.ts';

export interface OutboxReconcilerDeps {
  readonly currentOwner: () => string;
  readonly outbox: Pick<OutboxStore, 'backlog'>;
  /** Rows of the owner that are known here. */
  readonly known: () => number;
  /** The table has more. */
  readonly onMore: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How often the table is compared with what is known: rows may be given by an instance that cannot tell us, and answers to commits be lost. */
const RECONCILE_INTERVAL_MS = 2_000;

/** Counts the table now and then, to find rows that nobody could tell of. */
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
      logger.debug({ error: errorMessage(error) }, 'the outbox could not be counted');
    }
  }
}
