import type { Job } from '../../storage/index.ts';
import { Fifo } from '../async/fifo.ts';

export interface JobSlotsOptions {
  /** Maximum number of jobs in progress. */
  readonly limit: number;
  /** True for background jobs: always claims as many jobs ahead as allowed, however long they take. */
  readonly prefetchesFully: boolean;
  readonly monotonic: () => number;
}

/** Maximum number of held jobs (in progress or waiting) per slot. Claiming ahead saves transactions. */
const MAX_JOBS_PER_SLOT = 4;
/**
 * Jobs are claimed ahead for about this time: more of them would wait here while another instance may have free slots.
 * Milliseconds.
 */
const PREFETCH_WINDOW_MS = 250;
/** Weight of the last job in the average duration. */
const DURATION_EWMA_WEIGHT = 0.1;

/** The jobs in progress, and the claimed jobs that wait, oldest first. */
export class JobSlots {
  readonly limit: number;
  readonly #options: JobSlotsOptions;
  readonly #waiting = new Fifo<{ readonly job: Job; readonly owner: string }>();
  /** Start of each job, in monotonic milliseconds. */
  readonly #startedAt = new Map<Job, number>();
  /** Average duration of a job in milliseconds. Infinite until the first job has ended. */
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

  /** Number of jobs to claim. */
  get claimCapacity(): number {
    return Math.max(0, this.limit + this.#prefetchCount() - this.running - this.#waiting.length);
  }

  /** True if a claim is worth its transaction: at least half of the jobs that were claimed ahead have started. */
  get shouldClaimMore(): boolean {
    return this.#waiting.length <= this.#prefetchCount() / 2;
  }

  enqueue(job: Job, owner: string): void {
    this.#waiting.push({ job, owner });
  }

  dequeue(): { readonly job: Job; readonly owner: string } | undefined {
    return this.#waiting.shift();
  }

  /** Removes and returns the jobs that wait while all slots are used by slow jobs. */
  takeStalled(): readonly { readonly job: Job; readonly owner: string }[] {
    if (this.#options.prefetchesFully || this.#slowJobCount() < this.limit) return [];
    const taken: { readonly job: Job; readonly owner: string }[] = [];
    for (let next = this.dequeue(); next !== undefined; next = this.dequeue()) taken.push(next);
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

  /** Number of slots whose jobs take longer than `PREFETCH_WINDOW_MS`. */
  #slowJobCount(): number {
    const now = this.#options.monotonic();
    let slowJobCount = 0;
    for (const at of this.#startedAt.values()) if (now - at > PREFETCH_WINDOW_MS) slowJobCount += 1;
    return slowJobCount;
  }
}
