/** Commits are told of at once, or within the time of a few thousand sends when the database's answer is slow. */
const MAX_ROWS = 10_000;

/** The last rows that came from the table: whoever committed them may tell of them only now. */
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

  /** Whether it is one of them; told of once, it is none any more. */
  consume(row: string): boolean {
    return this.#rows.delete(row);
  }
}
