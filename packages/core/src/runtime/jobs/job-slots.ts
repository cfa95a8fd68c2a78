import type { Job } from '../../storage/index.ts';
import { Fifo } from '../async/fifo.ts';

export interface JobSlotsOptions {
  /** Jobs under way at a time. */
  readonly limit: number;
  /** Whether as many are held as may be, however long they take: nobody waits for them. */
  readonly prefetchesFully: boolean;
  readonly monotonic: () => number;
}

/** Jobs that are held, under way or waiting for a place, for each place there is, at the most: fewer transactions. */
const MAX_JOBS_PER_SLOT = 4;
/** What is claimed ahead is about what begins in this time: more would wait here while another instance may have places. Milliseconds. */
const PREFETCH_WINDOW_MS = 250;
/** Weight of the last job in the usual time of one. */
const DURATION_EWMA_WEIGHT = 0.1;

/** Jobs under way, and those that are claimed and wait, oldest first. */
export class JobSlots {
  readonly limit: number;
  readonly #options: JobSlotsOptions;
  readonly #waiting = new Fifo<{ readonly job: Job; readonly owner: string }>();
  /** When each began, monotonic. */
  readonly #startedAt = new Map<Job, number>();
  /** Usual milliseconds of a job. Unknown: as if they took long. */
  #averageDurationMs = Number.POSITIVE_INFINITY;

  constructor(options: JobSlotsOptions) {
    this.#options = options;
    this.limit = options.limit;
  }

  get running(): number {
    return this.#startedAt.size;
  }

  get hasFreeSlot(): boolean {
    return this.running < this.limit;
  }

  /** How many more jobs to claim. */
  get claimCapacity(): number {
    return Math.max(0, this.limit + this.#prefetchCount() - this.running - this.#waiting.length);
  }

  /** Whether a claim is worth its transaction: half of what was claimed ahead has begun. */
  get shouldClaimMore(): boolean {
    return this.#waiting.length <= this.#prefetchCount() / 2;
  }

  enqueue(job: Job, owner: string): void {
    this.#waiting.push({ job, owner });
  }

  dequeue(): { readonly job: Job; readonly owner: string } | undefined {
    return this.#waiting.shift();
  }

  /** Takes back what waits behind jobs that all take long. */
  takeStalled(): readonly { readonly job: Job; readonly owner: string }[] {
    if (this.#options.prefetchesFully || this.#slowJobCount() < this.limit) return [];
    const taken: { readonly job: Job; readonly owner: string }[] = [];
    for (let dequeue = this.dequeue(); dequeue !== undefined; dequeue = this.dequeue()) taken.push(dequeue);
    return taken;
  }

  markStarted(job: Job): void {
    this.#startedAt.set(job, this.#options.monotonic());
  }

  markFinished(job: Job): void {
    const durationMs = this.#options.monotonic() - (this.#startedAt.get(job) ?? 0);
    this.#startedAt.delete(job);
    this.#averageDurationMs = Number.isFinite(this.#averageDurationMs)
      ? this.#averageDurationMs + DURATION_EWMA_WEIGHT * (durationMs - this.#averageDurationMs)
      : durationMs;
  }

  #prefetchCount(): number {
    const { limit } = this;
    if (this.#options.prefetchesFully) return limit * (MAX_JOBS_PER_SLOT - 1);
    return Math.floor(
      (limit - this.#slowJobCount()) * Math.min(MAX_JOBS_PER_SLOT - 1, PREFETCH_WINDOW_MS / this.#averageDurationMs),
    );
  }

  /** Places whose jobs take longer than what is claimed ahead may wait. */
  #slowJobCount(): number {
    const now = this.#options.monotonic();
    let slowJobCount = 0;
    for (const at of this.#startedAt.values()) if (now - at > PREFETCH_WINDOW_MS) slowJobCount += 1;
    return slowJobCount;
  }
}
