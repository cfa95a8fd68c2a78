import { errorMessage } from '../../../errors/index.ts';
import type { Clock, Logger } from '../../../ports/index.ts';
import type { OutboxItem, OutboxStore, SendOutcome } from '../../../storage/index.ts';
import type { SendQueue } from '../queue/send-queue.ts';
import { OutboxIndex, rowKey, type OutboxIndexLimits, type RowName } from './outbox-index.ts';
import { OutboxReconciler } from './outbox-reconciler.ts';
import { OutboxScan } from './outbox-scan.ts';
import { RecentRows } from './recent-rows.ts';

export interface OutboxLoaderDeps extends OutboxIndexLimits {
  readonly owner: string;
  readonly outbox: Pick<OutboxStore, 'load' | 'backlog'>;
  readonly queue: SendQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Rows have come, or it turned out that there are none. */
  readonly onRead: () => void;
}

const RETRY = 1_000;
/** A page is this part of the memory. */
const PAGE_PART = 4;
/**
 * Brings the rows of this instance into the queue: straight from the commit where that is all there is of a bot, else from the
 * table, oldest first. What memory has no room for, and all of a parked bot, stands in the table only until there is.
 */
export class OutboxLoader {
  readonly #deps: OutboxLoaderDeps;
  readonly #index: OutboxIndex;
  readonly #reconciler: OutboxReconciler;
  readonly #page: number;
  readonly #read = new RecentRows();
  /** How often any bot may have got rows that nobody told of, and how many of these are answered by a full round. */
  #asked = 0;
  #answered = 0;
  #scan: OutboxScan | null = null;
  #forgotten = 0;
  #isOpen = false;

  constructor(deps: OutboxLoaderDeps) {
    this.#deps = deps;
    this.#index = new OutboxIndex(deps.queue, deps);
    this.#reconciler = new OutboxReconciler({
      get owner() {
        return deps.owner;
      },
      outbox: deps.outbox,
      clock: deps.clock,
      logger: deps.logger,
      known: () => this.#index.rows,
      onMore: () => {
        this.readAll();
      },
    });
    this.#page = Math.ceil(deps.memoryRows / PAGE_PART);
  }

  /** Whether nothing is to be sent or recorded. */
  get isEmpty(): boolean {
    return this.#index.isEmpty && this.isRead;
  }

  /** Whether there is nothing in the table that the queue has room for now. */
  get isRead(): boolean {
    return this.#scan === null && !this.#isWanted();
  }

  /** Counts how often everything was forgotten. */
  get generation(): number {
    return this.#forgotten;
  }

  /** Rows that stand in the table only, those of parked bots aside. */
  get waitingRows(): number {
    return this.#index.waitingRows;
  }

  waitingRowsOf(bot_id: string): number {
    return this.#index.waitingRowsOf(bot_id);
  }

  open(): void {
    this.#isOpen = true;
    this.#reconciler.open();
    this.readAll();
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
      if (this.#index.has(row) || this.#read.takeOut(row)) continue;
      if (this.#asked === this.#answered && !this.#index.isBehind(bot_id) && this.#index.hasRoom(bot_id))
        this.#index.take(item);
      else this.#leave(bot_id, [item]);
    }
    this.readOn();
  }

  /** Any bot may have rows in the table that nobody has told of. */
  readAll(): void {
    this.#asked += 1;
    this.readOn();
  }

  /** This bot may. */
  readBot(bot_id: string): void {
    if (!this.#isOpen) return;
    this.#leave(bot_id, null);
    this.readOn();
  }

  /** Reads, if that is wanted and there is room. */
  readOn(): void {
    const { queue, memoryRows } = this.#deps;
    if (this.#scan !== null || !this.#isOpen || queue.rows > memoryRows / 2 || !this.#isWanted()) return;
    const hungry =
      this.#asked === this.#answered
        ? [...this.#index.botsBehind].filter((bot_id) => this.#index.isHungry(bot_id))
        : null;
    void this.#runScan(new OutboxScan(this.#index, hungry));
  }

  /** These are recorded: the table does not have them any more. */
  recorded(outcomes: readonly SendOutcome[]): void {
    this.#index.forget(outcomes);
    this.#scan?.noteRecorded(outcomes);
    this.readOn();
  }

  /** These were taken out of the queue and stand in the table. */
  forget(items: readonly RowName[]): void {
    this.#index.forget(items);
  }

  /** The bot is parked: its rows make room for others'. */
  setAside(bot_id: string): void {
    const items = this.#deps.queue.clearBot(bot_id);
    this.forget(items);
    this.#leave(bot_id, items);
  }

  /** Forgets all that is not under way: the rows may be another instance's now. */
  forgetAll(): void {
    this.#forgotten += 1;
    this.#index.forgetAll();
  }

  #leave(bot_id: string, items: readonly OutboxItem[] | null): void {
    this.#index.setBehind(bot_id, this.#index.waitingRowsOf(bot_id) + (items?.length ?? 0));
    this.#scan?.noteLeft(bot_id, items);
  }

  #takeRead(item: OutboxItem): void {
    this.#index.take(item);
    this.#read.add(rowKey(item));
  }

  #isWanted(): boolean {
    return this.#asked !== this.#answered || this.#index.isAnyHungry;
  }

  async #runScan(scan: OutboxScan): Promise<void> {
    this.#scan = scan;
    try {
      await this.#readPages(scan);
    } catch (error) {
      this.#deps.logger.warn({ error: errorMessage(error) }, 'the outbox could not be read; trying again');
      this.#deps.clock.setTimer(RETRY, () => {
        this.#scan = null;
        this.readOn();
      });
      return;
    }
    this.#scan = null;
    this.readOn();
    this.#deps.onRead();
  }

  /** To the end of the table, or until memory has no room. */
  async #readPages(scan: OutboxScan): Promise<void> {
    const { outbox, owner, queue, memoryRows, onRead } = this.#deps;
    const [asked, forgotten] = [this.#asked, this.#forgotten];
    for (;;) {
      const page = await outbox.load(owner, scan.after, this.#page);
      if (!this.#isOpen || forgotten !== this.#forgotten) return;
      scan.read(page, (item) => {
        this.#takeRead(item);
      });
      onRead();
      if (page.length < this.#page) {
        scan.conclude();
        if (scan.isFull) this.#answered = asked;
        return;
      }
      scan.pause();
      if (queue.rows >= memoryRows || scan.isFed) return;
    }
  }
}
