/** Counts the updates in progress per chat. */
export class InFlightCounter {
  readonly #counts = new Map<string, number>();

  countOf(chat: string): number {
    return this.#counts.get(chat) ?? 0;
  }

  /** Counts the work until it has settled. */
  track<Result>(chat: string, work: Promise<Result>): Promise<Result> {
    this.#counts.set(chat, this.countOf(chat) + 1);
    return work.finally(() => {
      const left = this.countOf(chat) - 1;
      if (left > 0) this.#counts.set(chat, left);
      else this.#counts.delete(chat);
    });
  }
}
