import type { Page } from '../../model/index.ts';
import { encodeCursor } from '../cursor.ts';

const MAX_LIMIT = 100;

/** How many rows a page has: what was asked for, within 1 and 100. */
export function pageSize(limit: number): number {
  return Number.isFinite(limit) ? Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT) : MAX_LIMIT;
}

/**
 * One page of rows that were read with one row more than the page holds.
 *
 * @param cursorOf the sort values of a row: where the next page begins
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  size: number,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => readonly (string | number)[],
): Page<Item> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return {
    items: items.map(toItem),
    next: rows.length > size && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}
