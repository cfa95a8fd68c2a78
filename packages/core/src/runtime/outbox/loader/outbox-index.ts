import type { OutboxItem, SendOutcome } from '../../../storage/index.ts';
import type { SendQueue } from '../queue/send-queue.ts';

export interface OutboxIndexLimits {
  /** Maximum number of rows in memory. */
  readonly memoryRows: number;
  /** Maximum number of unloaded rows of one bot that count for the backlog of the instance. */
  readonly botBacklog: number;
}

/** A bot may use one fifth of the memory, so that other bots continue whatever it has queued. */
const BOT_MEMORY_DIVISOR = 5;
/**
 * Including the rows of parked chats, a bot may use this many times as much: a chat that Telegram limits does not block
 * the other chats of the bot.
 */
const PAUSED_ROWS_FACTOR = 2;

/** Knows which rows of this instance are in memory, and which bots have rows that are only in the table. */
export class OutboxIndex {
  readonly #queue: SendQueue;
  readonly #limits: OutboxIndexLimits;
  readonly #maxRowsPerBot: number;
  /** Rows that are queued, in flight, or sent and not recorded yet. */
  readonly #knownRows = new Set<string>();
  /**
   * Bots with rows that are only in the table, and their minimum number. New rows of such a bot stay in the table, too.
   */
  readonly #unloadedByBot = new Map<string, number>();

  constructor(queue: SendQueue, limits: OutboxIndexLimits) {
    this.#queue = queue;
    this.#limits = limits;
    this.#maxRowsPerBot = Math.ceil(limits.memoryRows / BOT_MEMORY_DIVISOR);
  }

  get isEmpty(): boolean {
    return this.#knownRows.size === 0 && this.#unloadedByBot.size === 0;
  }

  /** Number of known rows, in memory or in the table. */
  get knownRowCount(): number {
    let count = this.#knownRows.size;
    for (const unloaded of this.#unloadedByBot.values()) count += unloaded;
    return count;
  }

  /** Rows that are only in the table, except those of parked bots. */
  get unloadedRowCount(): number {
    let total = 0;
    for (const [bot_id, count] of this.#unloadedByBot)
      if (!this.#queue.isBotPaused(bot_id)) total += Math.min(count, this.#limits.botBacklog);
    return total;
  }

  unloadedRowCountOf(bot_id: string): number {
    return this.#unloadedByBot.get(bot_id) ?? 0;
  }

  /** Bots with rows that are only in the table. */
  get botsWithUnloadedRows(): Iterable<string> {
    return this.#unloadedByBot.keys();
  }

  hasUnloadedRows(bot_id: string): boolean {
    return this.#unloadedByBot.has(bot_id);
  }

  /** Sets the number of rows of a bot that are only in the table; null for none. */
  setUnloadedRows(bot_id: string, count: number | null): void {
    if (count === null) this.#unloadedByBot.delete(bot_id);
    else this.#unloadedByBot.set(bot_id, count);
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

  /** True if the bot has few rows in memory and more of them in the table. */
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

  /** Removes rows that have left the queue: they are recorded, or are only in the table. */
  remove(rows: readonly RowRef[]): void {
    for (const row of rows) this.#knownRows.delete(rowKey(row));
  }

  /** Removes all rows that are not in flight. */
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
