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
  /** Rows have come, or it turned out that there are none. */
  readonly onRead: () => void;
}

const RETRY_DELAY_MS = 1_000;
/** A page is this part of the memory. */
const PAGE_SIZE_DIVISOR = 4;
/**
 * Brings the rows of this instance into the queue: straight from the commit where that is all there is of a bot, else from the
 * table, oldest first. What memory has no room for, and all of a parked bot, stands in the table only until there is.
 */
export class OutboxLoader {
  readonly #deps: OutboxLoaderDeps;
  readonly #index: OutboxIndex;
  readonly #reconciler: OutboxReconciler;
  readonly #pageSize: number;
  readonly #recentlyLoaded = new RecentRows();
  /** How often any bot may have got rows that nobody told of, and how many of these are answered by a full round. */
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

  /** Whether nothing is to be sent or recorded. */
  get isEmpty(): boolean {
    return this.#index.isEmpty && this.isCaughtUp;
  }

  /** Whether there is nothing in the table that the queue has room for now. */
  get isCaughtUp(): boolean {
    return this.#scan === null && !this.#needsScan();
  }

  /** Counts how often everything was forgotten. */
  get generation(): number {
    return this.#generation;
  }

  /** Rows that stand in the table only, those of parked bots aside. */
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

  /** Takes rows of a commit of this instance. */
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

  /** Any bot may have rows in the table that nobody has told of. */
  requestFullScan(): void {
    this.#requestedScans += 1;
    this.scanIfNeeded();
  }

  /** This bot may. */
  requestBotScan(bot_id: string): void {
    if (!this.#isOpen) return;
    this.#markUnloaded(bot_id, null);
    this.scanIfNeeded();
  }

  /** Reads, if that is wanted and there is room. */
  scanIfNeeded(): void {
    const { queue, memoryRows } = this.#deps;
    if (this.#scan !== null || !this.#isOpen || queue.rowCount > memoryRows / 2 || !this.#needsScan()) return;
    const botsToRefill =
      this.#requestedScans === this.#completedScans
        ? [...this.#index.botsWithUnloadedRows].filter((bot_id) => this.#index.needsRefill(bot_id))
        : null;
    void this.#runScan(new OutboxScan(this.#index, botsToRefill));
  }

  /** These are recorded: the table does not have them any more. */
  onRecorded(outcomes: readonly SendOutcome[]): void {
    this.#index.remove(outcomes);
    this.#scan?.markRecorded(outcomes);
    this.scanIfNeeded();
  }

  /** These were taken out of the queue and stand in the table. */
  remove(items: readonly RowRef[]): void {
    this.#index.remove(items);
  }

  /** The bot is parked: its rows make room for others'. */
  unloadBot(bot_id: string): void {
    const items = this.#deps.queue.clearBot(bot_id);
    this.remove(items);
    this.#markUnloaded(bot_id, items);
  }

  /** Forgets all that is not under way: the rows may be another instance's now. */
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
      this.#deps.logger.warn({ error: errorMessage(error) }, 'the outbox could not be read; trying again');
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

  /** To the end of the table, or until memory has no room. */
  async #scanPages(scan: OutboxScan): Promise<void> {
    const { outbox, currentOwner, queue, memoryRows, onRead } = this.#deps;
    const owner = currentOwner();
    const [requestedScans, generation] = [this.#requestedScans, this.#generation];
    for (;;) {
      const pageSize = await outbox.load(owner, scan.cursor, this.#pageSize);
      if (!this.#isOpen || generation !== this.#generation) return;
      scan.readPage(pageSize, (item) => {
        this.#enqueueLoaded(item);
      });
      onRead();
      if (pageSize.length < this.#pageSize) {
        scan.finish();
        if (scan.coversAllBots) this.#completedScans = requestedScans;
        return;
      }
      scan.saveProgress();
      if (queue.rowCount >= memoryRows || scan.isRefillComplete) return;
    }
  }
}
