/** Lets callers wait until something is so, in a program that says when it may have changed. */
export class WaitUntil {
  #waiting: { readonly isMet: () => boolean; readonly tell: () => void }[] = [];

  /** Resolves when it is so, perhaps at once. */
  holds(isMet: () => boolean): Promise<void> {
    return new Promise((tell) => {
      this.#waiting.push({ isMet, tell });
      this.recheck();
    });
  }

  /** Something has changed. */
  recheck(): void {
    if (this.#waiting.length === 0) return;
    const met = this.#waiting.filter(({ isMet }) => isMet());
    this.#waiting = this.#waiting.filter((each) => !met.includes(each));
    for (const { tell } of met) tell();
  }
}
