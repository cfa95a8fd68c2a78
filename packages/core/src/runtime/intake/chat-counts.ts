/** How much of each chat is under way. */
export class ChatCounts {
  readonly #counts = new Map<string, number>();

  of(chat: string): number {
    return this.#counts.get(chat) ?? 0;
  }

  /** Counts something until it has settled. */
  during<Result>(chat: string, work: Promise<Result>): Promise<Result> {
    this.#counts.set(chat, this.of(chat) + 1);
    return work.finally(() => {
      const left = this.of(chat) - 1;
      if (left > 0) this.#counts.set(chat, left);
      else this.#counts.delete(chat);
    });
  }
}
