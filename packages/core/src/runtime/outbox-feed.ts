import { errorMessage } from '../errors/index.ts';
import type { OutboxItem, OutboxStore, SendOutcome } from '../storage/index.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { SendQueue } from './send-queue.ts';

export interface OutboxFeedDeps {
  readonly owner: string;
  readonly outbox: Pick<OutboxStore, 'load' | 'backlog'>;
  readonly queue: SendQueue;
  /** Rows that memory holds at the most. */
  readonly memoryRows: number;
  /** Rows that one bot counts for at the most in what holds everybody's updates back. */
  readonly botBacklog: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Rows have come, or it turned out that there are none. */
  readonly onRead: () => void;
}

/** One reading of the table, from its beginning. */
interface Round {
  /** The value of `asked` that a full round answers. */
  readonly asked: number;
  /** Bots for which alone it is made; null: for all. */
  readonly hungry: readonly string[] | null;
  /** Rows recorded since it began: pages may still show them, as unsent. */
  readonly overtaken: Set<string>;
  /** Rows that bots got since it began, which it may have read or not; null: some that are not known. */
  readonly changed: Map<string, (OutboxItem | null)[]>;
  /** Bots with rows that memory had no room for, and how many: their later rows must wait, too. */
  readonly refused: Map<string, number>;
  readonly forgotten: number;
  after: { readonly position: number; readonly id: number } | null;
}

const RETRY = 1_000;
/** How often the table is compared with what is known: rows may be given by an instance that cannot tell us, and answers to commits be lost. */
const LOOK = 2_000;
/** A bot has at most this part of the memory: others go on, whatever it has queued. */
const BOT_PART = 5;
/** With the rows of its parked chats it has so many times as much: a chat that Telegram slows down does not hold up the bot's others. */
const WITH_PARKED = 2;
/** A page is this part of the memory. */
const PAGE_PART = 4;
/** Commits are told of at once, or within the time of a few thousand sends when the database's answer is slow. */
const MAX_READ = 10_000;

/**
 * Brings the rows of this instance into the queue: straight from the commit where that is all there is of a bot, else from the
 * table, oldest first. What memory has no room for, and all of a parked bot, stands in the table only until there is.
 */
export class OutboxFeed {
  readonly #deps: OutboxFeedDeps;
  readonly #botRows: number;
  readonly #page: number;
  /** Rows that are in the queue, under way, or sent and not yet recorded. */
  readonly #known = new Set<string>();
  /** The last rows that came from the table: whoever committed them may tell of them only now. */
  readonly #read = new Set<string>();
  /** Bots with rows that stand in the table only, and how many at least: their new rows wait there, too. */
  readonly #behind = new Map<string, number>();
  /** How often any bot may have got rows that nobody told of, and how many of these are answered by a full round. */
  #asked = 0;
  #answered = 0;
  #round: Round | null = null;
  #forgotten = 0;
  #isOpen = false;
  #cancelLook: (() => void) | null = null;

  constructor(deps: OutboxFeedDeps) {
    this.#deps = deps;
    this.#botRows = Math.ceil(deps.memoryRows / BOT_PART);
    this.#page = Math.ceil(deps.memoryRows / PAGE_PART);
  }

  /** Whether nothing is to be sent or recorded. */
  get isEmpty(): boolean {
    return this.#known.size === 0 && this.#behind.size === 0 && this.isRead;
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
    let rows = 0;
    for (const [bot_id, count] of this.#behind) if (!this.#deps.queue.isBotParked(bot_id)) rows += Math.min(count, this.#deps.botBacklog);
    return rows;
  }

  waitingRowsOf(bot_id: string): number {
    return this.#behind.get(bot_id) ?? 0;
  }

  open(): void {
    this.#isOpen = true;
    this.#lookLater();
    this.readAll();
  }

  close(): void {
    this.#isOpen = false;
    this.#cancelLook?.();
  }

  /** Takes rows of a commit of this instance. */
  add(items: readonly OutboxItem[]): void {
    if (!this.#isOpen) return;
    for (const item of items) {
      const { bot_id } = item;
      const row = rowKey(item);
      if (this.#known.has(row) || this.#read.delete(row)) continue;
      if (this.#asked === this.#answered && !this.#behind.has(bot_id) && this.#hasRoom(bot_id)) this.#take(item);
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
    const hungry = this.#asked === this.#answered ? [...this.#behind.keys()].filter((bot_id) => this.#isHungry(bot_id)) : null;
    void this.#readRound({ asked: this.#asked, hungry, overtaken: new Set(), changed: new Map(), refused: new Map(), forgotten: this.#forgotten, after: null });
  }

  /** These are recorded: the table does not have them any more. */
  recorded(outcomes: readonly SendOutcome[]): void {
    for (const outcome of outcomes) {
      this.#known.delete(rowKey(outcome));
      this.#round?.overtaken.add(rowKey(outcome));
    }
    this.readOn();
  }

  /** These were taken out of the queue and stand in the table. */
  forget(items: readonly OutboxItem[]): void {
    for (const item of items) this.#known.delete(rowKey(item));
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
    this.forget(this.#deps.queue.clearAll());
    this.#behind.clear();
  }

  #take(item: OutboxItem): void {
    this.#known.add(rowKey(item));
    this.#deps.queue.add(item);
  }

  #leave(bot_id: string, items: readonly OutboxItem[] | null): void {
    this.#behind.set(bot_id, this.waitingRowsOf(bot_id) + (items?.length ?? 0));
    if (this.#round === null) return;
    const changed = this.#round.changed.get(bot_id) ?? [];
    this.#round.changed.set(bot_id, changed);
    changed.push(...(items ?? [null]));
  }

  #takeRead(item: OutboxItem): void {
    this.#take(item);
    this.#read.add(rowKey(item));
    if (this.#read.size > MAX_READ) for (const oldest of this.#read) {
      this.#read.delete(oldest);
      break;
    }
  }

  #hasRoom(bot_id: string): boolean {
    const { queue, memoryRows } = this.#deps;
    return queue.rows < memoryRows && queue.movingRowsOf(bot_id) < this.#botRows && queue.rowsOf(bot_id) < this.#botRows * WITH_PARKED && !queue.isBotParked(bot_id);
  }

  #isHungry(bot_id: string): boolean {
    const { queue } = this.#deps;
    return queue.movingRowsOf(bot_id) <= this.#botRows / 2 && queue.rowsOf(bot_id) <= (this.#botRows * WITH_PARKED * 3) / 4 && !queue.isBotParked(bot_id);
  }

  #isWanted(): boolean {
    if (this.#asked !== this.#answered) return true;
    for (const bot_id of this.#behind.keys()) if (this.#isHungry(bot_id)) return true;
    return false;
  }

  async #readRound(round: Round): Promise<void> {
    this.#round = round;
    try {
      while (await this.#readPage(round));
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

  /** Gives whether there is a next page to read. */
  async #readPage(round: Round): Promise<boolean> {
    const { outbox, owner, queue, memoryRows, onRead } = this.#deps;
    const items = await outbox.load(owner, round.after, this.#page);
    if (!this.#isOpen || round.forgotten !== this.#forgotten) return false;
    for (const item of items) {
      const row = rowKey(item);
      if (this.#known.has(row) || round.overtaken.has(row)) continue;
      const refused = round.refused.get(item.bot_id);
      if (refused === undefined && this.#hasRoom(item.bot_id)) this.#takeRead(item);
      else round.refused.set(item.bot_id, (refused ?? 0) + 1);
    }
    onRead();
    const last = items.at(-1);
    if (last === undefined || items.length < this.#page) {
      this.#conclude(round);
      return false;
    }
    for (const [bot_id, rows] of round.refused) this.#behind.set(bot_id, Math.max(rows, this.waitingRowsOf(bot_id)));
    round.after = { position: last.position, id: last.id };
    return queue.rows < memoryRows && round.hungry?.every((bot_id) => round.refused.has(bot_id)) !== true;
  }

  /** The whole table was read: a bot of which all rows had room, those told of meanwhile as well, is not behind any more. */
  #conclude({ asked, hungry, changed, overtaken, refused }: Round): void {
    for (const bot_id of this.#behind.keys()) {
      if (refused.has(bot_id)) continue;
      const waiting = (changed.get(bot_id) ?? []).filter((item) => item === null || !(this.#known.has(rowKey(item)) || overtaken.has(rowKey(item))));
      let left = waiting.length;
      for (const item of waiting) {
        if (item === null || !this.#hasRoom(bot_id)) break;
        this.#take(item);
        left -= 1;
      }
      if (left === 0) this.#behind.delete(bot_id);
      else this.#behind.set(bot_id, left);
    }
    for (const [bot_id, rows] of refused) this.#behind.set(bot_id, rows);
    if (hungry === null) this.#answered = asked;
  }

  #lookLater(): void {
    this.#cancelLook = this.#deps.clock.setTimer(LOOK, () => {
      void this.#look().finally(() => {
        if (this.#isOpen) this.#lookLater();
      });
    });
  }

  async #look(): Promise<void> {
    const before = this.#counted();
    try {
      const rows = await this.#deps.outbox.backlog(this.#deps.owner);
      if (rows > Math.max(before, this.#counted())) this.readAll();
    } catch (error) {
      this.#deps.logger.debug({ error: errorMessage(error) }, 'the outbox could not be counted');
    }
  }

  #counted(): number {
    let rows = this.#known.size;
    for (const count of this.#behind.values()) rows += count;
    return rows;
  }
}

function rowKey(row: { readonly source: SendOutcome['source']; readonly id: number }): string {
  return row.source === 'message' ? `m${row.id}` : `c${row.id}`;
}
