/** Lets callers wait for a condition. Call `recheck` when it may have changed. */
export class WaitUntil {
  #waiting: { readonly isMet: () => boolean; readonly resolve: () => void }[] = [];

  /** Resolves when the condition is met, which may be at once. */
  holds(isMet: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ isMet, resolve });
      this.recheck();
    });
  }

  /** Checks the conditions again. */
  recheck(): void {
    if (this.#waiting.length === 0) return;
    const met = this.#waiting.filter(({ isMet }) => isMet());
    this.#waiting = this.#waiting.filter((each) => !met.includes(each));
    for (const { resolve } of met) resolve();
  }
}
