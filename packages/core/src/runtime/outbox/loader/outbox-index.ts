import type { OutboxItem, SendOutcome } from '../../../storage/index.ts';
import type { SendQueue } from '../queue/send-queue.ts';

export interface OutboxIndexLimits {
  /** Rows that memory holds at the most. */
  readonly memoryRows: number;
  /** Rows that one bot counts for at the most in what holds everybody's updates back. */
  readonly botBacklog: number;
}

/** A bot has at most this part of the memory: others go on, whatever it has queued. */
const BOT_MEMORY_DIVISOR = 5;
/** With the rows of its parked chats it has so many times as much: a chat that Telegram slows down does not hold up the bot's others. */
const PAUSED_ROWS_FACTOR = 2;

/** Which rows of this instance are in memory, and of which bots some stand in the table only. */
export class OutboxIndex {
  readonly #queue: SendQueue;
  readonly #limits: OutboxIndexLimits;
  readonly #maxRowsPerBot: number;
  /** Rows that are in the queue, under way, or sent and not yet recorded. */
  readonly #knownRows = new Set<string>();
  /** Bots with rows that stand in the table only, and how many at least: their new rows wait there, too. */
  readonly #unloadedByBot = new Map<string, number>();

  constructor(queue: SendQueue, limits: OutboxIndexLimits) {
    this.#queue = queue;
    this.#limits = limits;
    this.#maxRowsPerBot = Math.ceil(limits.memoryRows / BOT_MEMORY_DIVISOR);
  }

  get isEmpty(): boolean {
    return this.#knownRows.size === 0 && this.#unloadedByBot.size === 0;
  }

  /** Rows of which anything is known here. */
  get knownRowCount(): number {
    let knownRowCount = this.#knownRows.size;
    for (const count of this.#unloadedByBot.values()) knownRowCount += count;
    return knownRowCount;
  }

  /** Rows that stand in the table only, those of parked bots aside. */
  get unloadedRowCount(): number {
    let knownRowCount = 0;
    for (const [bot_id, count] of this.#unloadedByBot)
      if (!this.#queue.isBotPaused(bot_id)) knownRowCount += Math.min(count, this.#limits.botBacklog);
    return knownRowCount;
  }

  unloadedRowCountOf(bot_id: string): number {
    return this.#unloadedByBot.get(bot_id) ?? 0;
  }

  /** Bots with rows that stand in the table only. */
  get botsWithUnloadedRows(): Iterable<string> {
    return this.#unloadedByBot.keys();
  }

  hasUnloadedRows(bot_id: string): boolean {
    return this.#unloadedByBot.has(bot_id);
  }

  /** Says how many rows of a bot stand in the table only; null: none. */
  setUnloadedRows(bot_id: string, knownRowCount: number | null): void {
    if (knownRowCount === null) this.#unloadedByBot.delete(bot_id);
    else this.#unloadedByBot.set(bot_id, knownRowCount);
  }

  hasCapacity(bot_id: string): boolean {
    const queue = this.#queue;
    return (
      queue.rowCount < this.#limits.memoryRows &&
      queue.activeRowCountOf(bot_id) < this.#maxRowsPerBot &&
      queue.rowCountOf(bot_id) < this.#maxRowsPerBot * PAUSED_ROWS_FACTOR &&
      !queue.isBotPaused(bot_id)
    );
  }

  /** Whether the bot has little left in memory, while more of it stands in the table. */
  needsRefill(bot_id: string): boolean {
    const queue = this.#queue;
    if (!this.#unloadedByBot.has(bot_id) || queue.isBotPaused(bot_id)) return false;
    return (
      queue.activeRowCountOf(bot_id) <= this.#maxRowsPerBot / 2 &&
      queue.rowCountOf(bot_id) <= (this.#maxRowsPerBot * PAUSED_ROWS_FACTOR * 3) / 4
    );
  }

  get anyNeedsRefill(): boolean {
    for (const bot_id of this.#unloadedByBot.keys()) if (this.needsRefill(bot_id)) return true;
    return false;
  }

  has(row: string): boolean {
    return this.#knownRows.has(row);
  }

  enqueue(item: OutboxItem): void {
    this.#knownRows.add(rowKey(item));
    this.#queue.add(item);
  }

  /** These have left the queue: they are recorded, or stand in the table only. */
  remove(knownRowCount: readonly RowRef[]): void {
    for (const row of knownRowCount) this.#knownRows.delete(rowKey(row));
  }

  /** Forgets all that is not under way. */
  removeAll(): void {
    this.remove(this.#queue.clearAll());
    this.#unloadedByBot.clear();
  }
}

export interface RowRef {
  readonly source: SendOutcome['source'];
  readonly id: number;
}

export function rowKey({ source, id }: RowRef): string {
  return source === 'message' ? `m${id}` : `c${id}`;
}
