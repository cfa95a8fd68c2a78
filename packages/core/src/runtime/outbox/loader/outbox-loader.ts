import { errorMessage } from '../../../errors/index.ts';
import type { Clock, Logger } from '../../../ports/index.ts';
import type { OutboxItem, OutboxStore, SendOutcome } from '../../../storage/index.ts';
import type { SendQueue } from '../queue/send-queue.ts';
import { OutboxIndex, rowKey, type OutboxIndexLimits, type RowRef } from './outbox-index.ts';
import { OutboxReconciler } from './outbox-reconciler.ts';
import { OutboxScan } from './outbox-scan.ts';
import { RecentRows } from './recent-rows.ts';

export interface OutboxLoaderDeps extends OutboxIndexLimits {
  readonly currentOwner: () => string;
  readonly outbox: Pick<OutboxStore, 'load' | 'backlog'>;
  readonly queue: SendQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after a page was loaded, or when there turned out to be none. */
  readonly onRead: () => void;
}

const RETRY_DELAY_MS = 1_000;
/** A page has this fraction of the rows that memory holds. */
const PAGE_SIZE_DIVISOR = 4;
/**
 * Loads the rows of this instance into the queue: directly from the commit if a bot has no earlier rows in the table,
 * otherwise from the table, oldest first. Rows that do not fit into memory, and all rows of a parked bot, stay only in
 * the table until there is capacity.
 */
export class OutboxLoader {
  readonly #deps: OutboxLoaderDeps;
  readonly #index: OutboxIndex;
  readonly #reconciler: OutboxReconciler;
  readonly #pageSize: number;
  readonly #recentlyLoaded = new RecentRows();
  /** Number of requests to look for unknown rows of all bots, and number of those that a full scan has completed. */
  #requestedScans = 0;
  #completedScans = 0;
  #scan: OutboxScan | null = null;
  #generation = 0;
  #isOpen = false;

  constructor(deps: OutboxLoaderDeps) {
    this.#deps = deps;
    this.#index = new OutboxIndex(deps.queue, deps);
    this.#reconciler = new OutboxReconciler({
      currentOwner: deps.currentOwner,
      outbox: deps.outbox,
      clock: deps.clock,
      logger: deps.logger,
      known: () => this.#index.knownRowCount,
      onMore: () => {
        this.requestFullScan();
      },
    });
    this.#pageSize = Math.ceil(deps.memoryRows / PAGE_SIZE_DIVISOR);
  }

  /** True if there is nothing to send or to record. */
  get isEmpty(): boolean {
    return this.#index.isEmpty && this.isCaughtUp;
  }

  /** True if the table has no rows that the queue could accept now. */
  get isCaughtUp(): boolean {
    return this.#scan === null && !this.#needsScan();
  }

  /** Incremented whenever all rows were discarded. */
  get generation(): number {
    return this.#generation;
  }

  /** Rows that are only in the table, except those of parked bots. */
  get unloadedRowCount(): number {
    return this.#index.unloadedRowCount;
  }

  unloadedRowCountOf(bot_id: string): number {
    return this.#index.unloadedRowCountOf(bot_id);
  }

  open(): void {
    this.#isOpen = true;
    this.#reconciler.open();
    this.requestFullScan();
  }

  close(): void {
    this.#isOpen = false;
    this.#reconciler.close();
  }

  /** Adds the rows of a commit of this instance. */
  add(items: readonly OutboxItem[]): void {
    if (!this.#isOpen) return;
    for (const item of items) {
      const { bot_id } = item;
      const row = rowKey(item);
      if (this.#index.has(row) || this.#recentlyLoaded.consume(row)) continue;
      if (
        this.#requestedScans === this.#completedScans &&
        !this.#index.hasUnloadedRows(bot_id) &&
        this.#index.hasCapacity(bot_id)
      )
        this.#index.enqueue(item);
      else this.#markUnloaded(bot_id, [item]);
    }
    this.scanIfNeeded();
  }

  /** Call this when any bot may have unknown rows in the table. */
  requestFullScan(): void {
    this.#requestedScans += 1;
    this.scanIfNeeded();
  }

  /** Call this when this bot may have unknown rows in the table. */
  requestBotScan(bot_id: string): void {
    if (!this.#isOpen) return;
    this.#markUnloaded(bot_id, null);
    this.scanIfNeeded();
  }

  /** Starts a scan if one is needed and there is capacity. */
  scanIfNeeded(): void {
    const { queue, memoryRows } = this.#deps;
    if (this.#scan !== null || !this.#isOpen || queue.rowCount > memoryRows / 2 || !this.#needsScan()) return;
    const botsToRefill =
      this.#requestedScans === this.#completedScans
        ? [...this.#index.botsWithUnloadedRows].filter((bot_id) => this.#index.needsRefill(bot_id))
        : null;
    void this.#runScan(new OutboxScan(this.#index, botsToRefill));
  }

  /** Call this when these results are recorded: the table does not have the rows any more. */
  onRecorded(outcomes: readonly SendOutcome[]): void {
    this.#index.remove(outcomes);
    this.#scan?.markRecorded(outcomes);
    this.scanIfNeeded();
  }

  /** Call this when these rows were removed from the queue and are only in the table. */
  remove(items: readonly RowRef[]): void {
    this.#index.remove(items);
  }

  /** Removes the rows of a parked bot from memory, in favor of other bots. */
  unloadBot(bot_id: string): void {
    const items = this.#deps.queue.clearBot(bot_id);
    this.remove(items);
    this.#markUnloaded(bot_id, items);
  }

  /** Removes all rows that are not in flight from memory: they may belong to another instance now. */
  discardAll(): void {
    this.#generation += 1;
    this.#index.removeAll();
  }

  #markUnloaded(bot_id: string, items: readonly OutboxItem[] | null): void {
    this.#index.setUnloadedRows(bot_id, this.#index.unloadedRowCountOf(bot_id) + (items?.length ?? 0));
    this.#scan?.markUnloaded(bot_id, items);
  }

  #enqueueLoaded(item: OutboxItem): void {
    this.#index.enqueue(item);
    this.#recentlyLoaded.add(rowKey(item));
  }

  #needsScan(): boolean {
    return this.#requestedScans !== this.#completedScans || this.#index.anyNeedsRefill;
  }

  async #runScan(scan: OutboxScan): Promise<void> {
    this.#scan = scan;
    try {
      await this.#scanPages(scan);
    } catch (error) {
      this.#deps.logger.warn(
        { error: errorMessage(error) },
        'the outbox could not be read from the database; trying again in a second',
      );
      this.#deps.clock.setTimer(RETRY_DELAY_MS, () => {
        this.#scan = null;
        this.scanIfNeeded();
      });
      return;
    }
    this.#scan = null;
    this.scanIfNeeded();
    this.#deps.onRead();
  }

  /** Reads pages to the end of the table, or until memory is full. */
  async #scanPages(scan: OutboxScan): Promise<void> {
    const { outbox, currentOwner, queue, memoryRows, onRead } = this.#deps;
    const owner = currentOwner();
    const [requestedScans, generation] = [this.#requestedScans, this.#generation];
    for (;;) {
      const page = await outbox.load(owner, scan.cursor, this.#pageSize);
      if (!this.#isOpen || generation !== this.#generation) return;
      scan.readPage(page, (item) => {
        this.#enqueueLoaded(item);
      });
      onRead();
      if (page.length < this.#pageSize) {
        scan.finish();
        if (scan.coversAllBots) this.#completedScans = requestedScans;
        return;
      }
      scan.saveProgress();
      if (queue.rowCount >= memoryRows || scan.isRefillComplete) return;
    }
  }
}
