import type { OutboxItem, SendOutcome } from '../../../storage/index.ts';
import type { SendQueue } from '../queue/send-queue.ts';

export interface OutboxIndexLimits {
  /** Rows that memory holds at the most. */
  readonly memoryRows: number;
  /** Rows that one bot counts for at the most in what holds everybody's updates back. */
  readonly botBacklog: number;
}

/** A bot has at most this part of the memory: others go on, whatever it has queued. */
const BOT_PART = 5;
/** With the rows of its parked chats it has so many times as much: a chat that Telegram slows down does not hold up the bot's others. */
const WITH_PARKED = 2;

/** Which rows of this instance are in memory, and of which bots some stand in the table only. */
export class OutboxIndex {
  readonly #queue: SendQueue;
  readonly #limits: OutboxIndexLimits;
  readonly #botRows: number;
  /** Rows that are in the queue, under way, or sent and not yet recorded. */
  readonly #known = new Set<string>();
  /** Bots with rows that stand in the table only, and how many at least: their new rows wait there, too. */
  readonly #behind = new Map<string, number>();

  constructor(queue: SendQueue, limits: OutboxIndexLimits) {
    this.#queue = queue;
    this.#limits = limits;
    this.#botRows = Math.ceil(limits.memoryRows / BOT_PART);
  }

  get isEmpty(): boolean {
    return this.#known.size === 0 && this.#behind.size === 0;
  }

  /** Rows of which anything is known here. */
  get rows(): number {
    let rows = this.#known.size;
    for (const count of this.#behind.values()) rows += count;
    return rows;
  }

  /** Rows that stand in the table only, those of parked bots aside. */
  get waitingRows(): number {
    let rows = 0;
    for (const [bot_id, count] of this.#behind)
      if (!this.#queue.isBotParked(bot_id)) rows += Math.min(count, this.#limits.botBacklog);
    return rows;
  }

  waitingRowsOf(bot_id: string): number {
    return this.#behind.get(bot_id) ?? 0;
  }

  /** Bots with rows that stand in the table only. */
  get botsBehind(): Iterable<string> {
    return this.#behind.keys();
  }

  isBehind(bot_id: string): boolean {
    return this.#behind.has(bot_id);
  }

  /** Says how many rows of a bot stand in the table only; null: none. */
  setBehind(bot_id: string, rows: number | null): void {
    if (rows === null) this.#behind.delete(bot_id);
    else this.#behind.set(bot_id, rows);
  }

  hasRoom(bot_id: string): boolean {
    const queue = this.#queue;
    return (
      queue.rows < this.#limits.memoryRows &&
      queue.movingRowsOf(bot_id) < this.#botRows &&
      queue.rowsOf(bot_id) < this.#botRows * WITH_PARKED &&
      !queue.isBotParked(bot_id)
    );
  }

  /** Whether the bot has little left in memory, while more of it stands in the table. */
  isHungry(bot_id: string): boolean {
    const queue = this.#queue;
    if (!this.#behind.has(bot_id) || queue.isBotParked(bot_id)) return false;
    return (
      queue.movingRowsOf(bot_id) <= this.#botRows / 2 && queue.rowsOf(bot_id) <= (this.#botRows * WITH_PARKED * 3) / 4
    );
  }

  get isAnyHungry(): boolean {
    for (const bot_id of this.#behind.keys()) if (this.isHungry(bot_id)) return true;
    return false;
  }

  has(row: string): boolean {
    return this.#known.has(row);
  }

  take(item: OutboxItem): void {
    this.#known.add(rowKey(item));
    this.#queue.add(item);
  }

  /** These have left the queue: they are recorded, or stand in the table only. */
  forget(rows: readonly RowName[]): void {
    for (const row of rows) this.#known.delete(rowKey(row));
  }

  /** Forgets all that is not under way. */
  forgetAll(): void {
    this.forget(this.#queue.clearAll());
    this.#behind.clear();
  }
}

export interface RowName {
  readonly source: SendOutcome['source'];
  readonly id: number;
}

export function rowKey({ source, id }: RowName): string {
  return source === 'message' ? `m${id}` : `c${id}`;
}
