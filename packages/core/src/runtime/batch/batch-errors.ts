/** The engine threw while it processed the update at `index`. The other updates of the batch are fine. */
export class PoisonUpdateError extends Error {
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'PoisonedUpdate';
    this.index = index;
  }
}

/** The batch takes too long: the updates from `index` on become the next batch. */
export class BatchTimeoutError extends Error {
  readonly index: number;

  constructor(index: number) {
    super(`the batch took too long after ${index} updates`);
    this.name = 'BatchTooSlow';
    this.index = index;
  }
}
