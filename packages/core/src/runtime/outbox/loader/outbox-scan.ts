import type { OutboxItem } from '../../../storage/index.ts';
import { rowKey, type OutboxIndex, type RowName } from './outbox-index.ts';

/** One reading of the table, from its beginning. What happens to rows meanwhile is noted, since pages show what was. */
export class OutboxScan {
  /** Where the next page begins. */
  after: { readonly position: number; readonly id: number } | null = null;
  readonly #index: OutboxIndex;
  /** Bots for which alone it is made; null: for all. */
  readonly #hungry: readonly string[] | null;
  /** Rows recorded since it began: pages may still show them, as unsent. */
  readonly #overtaken = new Set<string>();
  /** Rows that bots got since it began, which it may have read or not; null: some that are not known. */
  readonly #changed = new Map<string, (OutboxItem | null)[]>();
  /** Bots with rows that memory had no room for, and how many: their later rows must wait, too. */
  readonly #refused = new Map<string, number>();

  constructor(index: OutboxIndex, hungry: readonly string[] | null) {
    this.#index = index;
    this.#hungry = hungry;
  }

  /** Whether it is made for all bots. */
  get isFull(): boolean {
    return this.#hungry === null;
  }

  /** Whether memory has no room for any more of the bots for which alone it is made. */
  get isFed(): boolean {
    return this.#hungry?.every((bot_id) => this.#refused.has(bot_id)) === true;
  }

  noteRecorded(rows: readonly RowName[]): void {
    for (const row of rows) this.#overtaken.add(rowKey(row));
  }

  /** A bot got rows that stand in the table only; null: some that are not known. */
  noteLeft(bot_id: string, items: readonly OutboxItem[] | null): void {
    const changed = this.#changed.get(bot_id) ?? [];
    this.#changed.set(bot_id, changed);
    changed.push(...(items ?? [null]));
  }

  /** Gives each row of a page to `take` that is new and has room. */
  read(page: readonly OutboxItem[], take: (item: OutboxItem) => void): void {
    for (const item of page) {
      if (this.#isOld(item)) continue;
      const refused = this.#refused.get(item.bot_id);
      if (refused === undefined && this.#index.hasRoom(item.bot_id)) take(item);
      else this.#refused.set(item.bot_id, (refused ?? 0) + 1);
    }
    const last = page.at(-1);
    if (last !== undefined) this.after = { position: last.position, id: last.id };
  }

  /** There are more pages: how much was refused is known in part. */
  pause(): void {
    for (const [bot_id, rows] of this.#refused)
      this.#index.setBehind(bot_id, Math.max(rows, this.#index.waitingRowsOf(bot_id)));
  }

  /** The whole table was read: a bot of which all rows had room, those told of meanwhile as well, is not behind any more. */
  conclude(): void {
    for (const bot_id of this.#index.botsBehind) {
      if (!this.#refused.has(bot_id)) this.#index.setBehind(bot_id, this.#takeChanged(bot_id));
    }
    for (const [bot_id, rows] of this.#refused) this.#index.setBehind(bot_id, rows);
  }

  /** Gives how many rows are left without room; null: none. */
  #takeChanged(bot_id: string): number | null {
    const waiting = (this.#changed.get(bot_id) ?? []).filter((item) => item === null || !this.#isOld(item));
    let left = waiting.length;
    for (const item of waiting) {
      if (item === null || !this.#index.hasRoom(bot_id)) break;
      this.#index.take(item);
      left -= 1;
    }
    return left === 0 ? null : left;
  }

  #isOld(item: OutboxItem): boolean {
    const row = rowKey(item);
    return this.#index.has(row) || this.#overtaken.has(row);
  }
}
