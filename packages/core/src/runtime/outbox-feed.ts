import { errorMessage } from '../errors/index.ts';
import type { OutboxItem, OutboxStore, SendOutcome } from '../storage/index.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import { OutboxMemory, rowKey, type OutboxMemoryLimits, type RowName } from './outbox-memory.ts';
import { OutboxRound } from './outbox-round.ts';
import { OutboxWatch } from './outbox-watch.ts';
import { RecentRows } from './recent-rows.ts';
import type { SendQueue } from './send-queue.ts';

export interface OutboxFeedDeps extends OutboxMemoryLimits {
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
export class OutboxFeed {
  readonly #deps: OutboxFeedDeps;
  readonly #memory: OutboxMemory;
  readonly #watch: OutboxWatch;
  readonly #page: number;
  readonly #read = new RecentRows();
  /** How often any bot may have got rows that nobody told of, and how many of these are answered by a full round. */
  #asked = 0;
  #answered = 0;
  #round: OutboxRound | null = null;
  #forgotten = 0;
  #isOpen = false;

  constructor(deps: OutboxFeedDeps) {
    this.#deps = deps;
    this.#memory = new OutboxMemory(deps.queue, deps);
    this.#watch = new OutboxWatch({
      get owner() {
        return deps.owner;
      },
      outbox: deps.outbox,
      clock: deps.clock,
      logger: deps.logger,
      known: () => this.#memory.rows,
      onMore: () => {
        this.readAll();
      },
    });
    this.#page = Math.ceil(deps.memoryRows / PAGE_PART);
  }

  /** Whether nothing is to be sent or recorded. */
  get isEmpty(): boolean {
    return this.#memory.isEmpty && this.isRead;
  }

  /** Whether there is nothing in the table that the queue has room for now. */
  get isRead(): boolean {
    return this.#round === null && !this.#isWanted();
  }

  /** Counts how often everything was forgotten. */
  get generation(): number {
    return this.#forgotten;
  }

  /** Rows that stand in the table only, those of parked bots aside. */
  get waitingRows(): number {
    return this.#memory.waitingRows;
  }

  waitingRowsOf(bot_id: string): number {
    return this.#memory.waitingRowsOf(bot_id);
  }

  open(): void {
    this.#isOpen = true;
    this.#watch.open();
    this.readAll();
  }

  close(): void {
    this.#isOpen = false;
    this.#watch.close();
  }

  /** Takes rows of a commit of this instance. */
  add(items: readonly OutboxItem[]): void {
    if (!this.#isOpen) return;
    for (const item of items) {
      const { bot_id } = item;
      const row = rowKey(item);
      if (this.#memory.has(row) || this.#read.takeOut(row)) continue;
      if (this.#asked === this.#answered && !this.#memory.isBehind(bot_id) && this.#memory.hasRoom(bot_id))
        this.#memory.take(item);
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
    if (this.#round !== null || !this.#isOpen || queue.rows > memoryRows / 2 || !this.#isWanted()) return;
    const hungry =
      this.#asked === this.#answered
        ? [...this.#memory.botsBehind].filter((bot_id) => this.#memory.isHungry(bot_id))
        : null;
    void this.#readRound(new OutboxRound(this.#memory, hungry));
  }

  /** These are recorded: the table does not have them any more. */
  recorded(outcomes: readonly SendOutcome[]): void {
    this.#memory.forget(outcomes);
    this.#round?.noteRecorded(outcomes);
    this.readOn();
  }

  /** These were taken out of the queue and stand in the table. */
  forget(items: readonly RowName[]): void {
    this.#memory.forget(items);
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
    this.#memory.forgetAll();
  }

  #leave(bot_id: string, items: readonly OutboxItem[] | null): void {
    this.#memory.setBehind(bot_id, this.#memory.waitingRowsOf(bot_id) + (items?.length ?? 0));
    this.#round?.noteLeft(bot_id, items);
  }

  #takeRead(item: OutboxItem): void {
    this.#memory.take(item);
    this.#read.add(rowKey(item));
  }

  #isWanted(): boolean {
    return this.#asked !== this.#answered || this.#memory.isAnyHungry;
  }

  async #readRound(round: OutboxRound): Promise<void> {
    this.#round = round;
    try {
      await this.#readPages(round);
    } catch (error) {
      this.#deps.logger.warn({ error: errorMessage(error) }, 'the outbox could not be read; trying again');
      this.#deps.clock.setTimer(RETRY, () => {
        this.#round = null;
        this.readOn();
      });
      return;
    }
    this.#round = null;
    this.readOn();
    this.#deps.onRead();
  }

  /** To the end of the table, or until memory has no room. */
  async #readPages(round: OutboxRound): Promise<void> {
    const { outbox, owner, queue, memoryRows, onRead } = this.#deps;
    const [asked, forgotten] = [this.#asked, this.#forgotten];
    for (;;) {
      const page = await outbox.load(owner, round.after, this.#page);
      if (!this.#isOpen || forgotten !== this.#forgotten) return;
      round.read(page, (item) => {
        this.#takeRead(item);
      });
      onRead();
      if (page.length < this.#page) {
        round.conclude();
        if (round.isFull) this.#answered = asked;
        return;
      }
      round.pause();
      if (queue.rows >= memoryRows || round.isFed) return;
    }
  }
}
