/** Commits are announced at once, or within the time of a few thousand sends if the database responds slowly. */
const MAX_ROWS = 10_000;

/** The last rows that were loaded from the table: the commit that wrote them may be announced only later. */
export class RecentRows {
  readonly #rows = new Set<string>();

  add(row: string): void {
    this.#rows.add(row);
    if (this.#rows.size <= MAX_ROWS) return;
    for (const oldest of this.#rows) {
      this.#rows.delete(oldest);
      break;
    }
  }

  /** Returns true, once, if the row is one of them. */
  consume(row: string): boolean {
    return this.#rows.delete(row);
  }
}
