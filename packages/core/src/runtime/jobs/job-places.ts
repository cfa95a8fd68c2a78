import type { Job } from '../../storage/index.ts';
import { Fifo } from '../async/fifo.ts';

export interface JobPlacesOptions {
  /** Jobs under way at a time. */
  readonly limit: number;
  /** Whether as many are held as may be, however long they take: nobody waits for them. */
  readonly isPatient: boolean;
  readonly monotonic: () => number;
}

/** Jobs that are held, under way or waiting for a place, for each place there is, at the most: fewer transactions. */
const MOST_HELD = 4;
/** What is claimed ahead is about what begins in this time: more would wait here while another instance may have places. Milliseconds. */
const AHEAD_TIME = 250;
/** Weight of the last job in the usual time of one. */
const NEWEST = 0.1;

/** Jobs under way, and those that are claimed and wait, oldest first. */
export class JobPlaces {
  readonly limit: number;
  readonly #options: JobPlacesOptions;
  readonly #waiting = new Fifo<{ readonly job: Job; readonly owner: string }>();
  /** When each began, monotonic. */
  readonly #begun = new Map<Job, number>();
  /** Usual milliseconds of a job. Unknown: as if they took long. */
  #usual = Number.POSITIVE_INFINITY;

  constructor(options: JobPlacesOptions) {
    this.#options = options;
    this.limit = options.limit;
  }

  get running(): number {
    return this.#begun.size;
  }

  get hasFree(): boolean {
    return this.running < this.limit;
  }

  /** How many more jobs to claim. */
  get room(): number {
    return Math.max(0, this.limit + this.#ahead() - this.running - this.#waiting.length);
  }

  /** Whether a claim is worth its transaction: half of what was claimed ahead has begun. */
  get wantsMore(): boolean {
    return this.#waiting.length <= this.#ahead() / 2;
  }

  add(job: Job, owner: string): void {
    this.#waiting.push({ job, owner });
  }

  next(): { readonly job: Job; readonly owner: string } | undefined {
    return this.#waiting.shift();
  }

  /** Takes back what waits behind jobs that all take long. */
  takeStuck(): readonly { readonly job: Job; readonly owner: string }[] {
    if (this.#options.isPatient || this.#stuck() < this.limit) return [];
    const taken: { readonly job: Job; readonly owner: string }[] = [];
    for (let next = this.next(); next !== undefined; next = this.next()) taken.push(next);
    return taken;
  }

  begin(job: Job): void {
    this.#begun.set(job, this.#options.monotonic());
  }

  end(job: Job): void {
    const took = this.#options.monotonic() - (this.#begun.get(job) ?? 0);
    this.#begun.delete(job);
    this.#usual = Number.isFinite(this.#usual) ? this.#usual + NEWEST * (took - this.#usual) : took;
  }

  #ahead(): number {
    const { limit } = this;
    if (this.#options.isPatient) return limit * (MOST_HELD - 1);
    return Math.floor((limit - this.#stuck()) * Math.min(MOST_HELD - 1, AHEAD_TIME / this.#usual));
  }

  /** Places whose jobs take longer than what is claimed ahead may wait. */
  #stuck(): number {
    const now = this.#options.monotonic();
    let stuck = 0;
    for (const at of this.#begun.values()) if (now - at > AHEAD_TIME) stuck += 1;
    return stuck;
  }
}
