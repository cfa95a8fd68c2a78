import type { OutboxItem } from '../../../storage/index.ts';
import { rowKey, type OutboxIndex, type RowRef } from './outbox-index.ts';

/**
 * One scan of the table, from its beginning. Changes during the scan are tracked, because a page shows an earlier
 * state.
 */
export class OutboxScan {
  /** Start of the next page. */
  cursor: { readonly position: number; readonly id: number } | null = null;
  readonly #index: OutboxIndex;
  /** Bots that the scan is limited to; null for all bots. */
  readonly #botsToRefill: readonly string[] | null;
  /** Rows that were recorded during the scan. Pages may still contain them as unsent. */
  readonly #recordedMeanwhile = new Set<string>();
  /** Rows that bots received during the scan, which it may or may not have read; null for rows that are not known. */
  readonly #addedMeanwhile = new Map<string, (OutboxItem | null)[]>();
  /** Bots with rows that did not fit into memory, and their number. Later rows of these bots must wait, too. */
  readonly #skippedRows = new Map<string, number>();

  constructor(index: OutboxIndex, botsToRefill: readonly string[] | null) {
    this.#index = index;
    this.#botsToRefill = botsToRefill;
  }

  /** True if the scan covers all bots. */
  get coversAllBots(): boolean {
    return this.#botsToRefill === null;
  }

  /** True if memory is full for all the bots that the scan is limited to. */
  get isRefillComplete(): boolean {
    return this.#botsToRefill?.every((bot_id) => this.#skippedRows.has(bot_id)) === true;
  }

  markRecorded(rows: readonly RowRef[]): void {
    for (const row of rows) this.#recordedMeanwhile.add(rowKey(row));
  }

  /** Call this when a bot received rows that are only in the table; null if they are not known. */
  markUnloaded(bot_id: string, items: readonly OutboxItem[] | null): void {
    const addedMeanwhile = this.#addedMeanwhile.get(bot_id) ?? [];
    this.#addedMeanwhile.set(bot_id, addedMeanwhile);
    addedMeanwhile.push(...(items ?? [null]));
  }

  /** Enqueues each row of a page that is new and fits into memory. */
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

  /** Call this when more pages follow: only a part of the skipped rows is known. */
  saveProgress(): void {
    for (const [bot_id, rows] of this.#skippedRows)
      this.#index.setUnloadedRows(bot_id, Math.max(rows, this.#index.unloadedRowCountOf(bot_id)));
  }

  /**
   * Call this when the whole table was read. A bot whose rows all fit into memory, including those that arrived during
   * the scan, has no unloaded rows any more.
   */
  finish(): void {
    for (const bot_id of this.#index.botsWithUnloadedRows) {
      if (!this.#skippedRows.has(bot_id)) this.#index.setUnloadedRows(bot_id, this.#enqueueAdded(bot_id));
    }
    for (const [bot_id, rows] of this.#skippedRows) this.#index.setUnloadedRows(bot_id, rows);
  }

  /** Returns the number of rows that did not fit; null for none. */
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
