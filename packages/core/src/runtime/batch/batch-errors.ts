/** One update's code threw; the others of the batch are innocent. */
export class PoisonUpdateError extends Error {
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'PoisonedUpdate';
    this.index = index;
  }
}

/** The batch takes too long: the updates from `index` on become the next one. */
export class BatchTimeoutError extends Error {
  readonly index: number;

  constructor(index: number) {
    super(`the batch took too long after ${index} updates`);
    this.name = 'BatchTooSlow';
    this.index = index;
  }
}
