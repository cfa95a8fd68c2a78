import type { OutboxItem } from '../../../storage/index.ts';
import { rowKey, type OutboxIndex, type RowRef } from './outbox-index.ts';

/** One reading of the table, from its beginning. What happens to rows meanwhile is noted, since pages show what was. */
export class OutboxScan {
  /** Where the next page begins. */
  cursor: { readonly position: number; readonly id: number } | null = null;
  readonly #index: OutboxIndex;
  /** Bots for which alone it is made; null: for all. */
  readonly #botsToRefill: readonly string[] | null;
  /** Rows recorded since it began: pages may still show them, as unsent. */
  readonly #recordedMeanwhile = new Set<string>();
  /** Rows that bots got since it began, which it may have read or not; null: some that are not known. */
  readonly #addedMeanwhile = new Map<string, (OutboxItem | null)[]>();
  /** Bots with rows that memory had no room for, and how many: their later rows must wait, too. */
  readonly #skippedRows = new Map<string, number>();

  constructor(index: OutboxIndex, botsToRefill: readonly string[] | null) {
    this.#index = index;
    this.#botsToRefill = botsToRefill;
  }

  /** Whether it is made for all bots. */
  get coversAllBots(): boolean {
    return this.#botsToRefill === null;
  }

  /** Whether memory has no room for any more of the bots for which alone it is made. */
  get isRefillComplete(): boolean {
    return this.#botsToRefill?.every((bot_id) => this.#skippedRows.has(bot_id)) === true;
  }

  markRecorded(rows: readonly RowRef[]): void {
    for (const row of rows) this.#recordedMeanwhile.add(rowKey(row));
  }

  /** A bot got rows that stand in the table only; null: some that are not known. */
  markUnloaded(bot_id: string, items: readonly OutboxItem[] | null): void {
    const addedMeanwhile = this.#addedMeanwhile.get(bot_id) ?? [];
    this.#addedMeanwhile.set(bot_id, addedMeanwhile);
    addedMeanwhile.push(...(items ?? [null]));
  }

  /** Gives each row of a page to `take` that is new and has room. */
  readPage(page: readonly OutboxItem[], enqueue: (item: OutboxItem) => void): void {
    for (const item of page) {
      if (this.#isKnown(item)) continue;
      const skippedRows = this.#skippedRows.get(item.bot_id);
      if (skippedRows === undefined && this.#index.hasCapacity(item.bot_id)) enqueue(item);
      else this.#skippedRows.set(item.bot_id, (skippedRows ?? 0) + 1);
    }
    const last = page.at(-1);
    if (last !== undefined) this.cursor = { position: last.position, id: last.id };
  }

  /** There are more pages: how much was refused is known in part. */
  saveProgress(): void {
    for (const [bot_id, rows] of this.#skippedRows)
      this.#index.setUnloadedRows(bot_id, Math.max(rows, this.#index.unloadedRowCountOf(bot_id)));
  }

  /** The whole table was read: a bot of which all rows had room, those told of meanwhile as well, is not behind any more. */
  finish(): void {
    for (const bot_id of this.#index.botsWithUnloadedRows) {
      if (!this.#skippedRows.has(bot_id)) this.#index.setUnloadedRows(bot_id, this.#enqueueAdded(bot_id));
    }
    for (const [bot_id, rows] of this.#skippedRows) this.#index.setUnloadedRows(bot_id, rows);
  }

  /** Gives how many rows are left without room; null: none. */
  #enqueueAdded(bot_id: string): number | null {
    const waiting = (this.#addedMeanwhile.get(bot_id) ?? []).filter((item) => item === null || !this.#isKnown(item));
    let left = waiting.length;
    for (const item of waiting) {
      if (item === null || !this.#index.hasCapacity(bot_id)) break;
      this.#index.enqueue(item);
      left -= 1;
    }
    return left === 0 ? null : left;
  }

  #isKnown(item: OutboxItem): boolean {
    const row = rowKey(item);
    return this.#index.has(row) || this.#recordedMeanwhile.has(row);
  }
}
