import type { Job } from '../storage/index.ts';
import type { Logger } from './logger.ts';
import { isJobKind, JOB_HANDLERS, type JobDeps, type JobResult } from './jobs/job-kinds.ts';

export interface JobRunnerDeps extends JobDeps {
  readonly owner: string;
  readonly logger: Logger;
  /** Jobs under way at a time. */
  readonly concurrency: number;
  /** Whether this instance's lease holds. */
  readonly mayServe: () => boolean;
}

/** A job that fails this often becomes a dead letter. */
const MAX_ATTEMPTS = 8;
const MAX_BACKOFF = 60 * 60 * 1000;
/** Longest sleep: another instance may have stored a job meanwhile. */
const POLL = 2_000;

/** Claims due jobs and runs them. */
export class JobRunner {
  readonly #deps: JobRunnerDeps;
  #running = 0;
  #isStarted = false;
  #isClaiming = false;
  #isWoken = false;
  #cancel: (() => void) | null = null;
  #onQuiet: (() => void)[] = [];

  constructor(deps: JobRunnerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  /** There may be something due. */
  wake(): void {
    if (!this.#isStarted) return;
    this.#isWoken = true;
    if (!this.#isClaiming) void this.#claim();
  }

  /** No new jobs; waits for those under way. What does not end in time is claimed again by another instance. */
  async stop(patience: number): Promise<void> {
    this.#isStarted = false;
    this.#cancel?.();
    await new Promise<void>((resolve) => {
      const cancel = this.#deps.clock.setTimer(patience, resolve);
      this.#onQuiet.push(() => {
        cancel();
        resolve();
      });
      this.#checkQuiet();
    });
  }

  #checkQuiet(): void {
    if (this.#running > 0 || this.#isClaiming) return;
    const listeners = this.#onQuiet;
    this.#onQuiet = [];
    for (const listener of listeners) listener();
  }

  async #claim(): Promise<void> {
    const { storage, clock, concurrency, owner, logger, mayServe } = this.#deps;
    this.#isClaiming = true;
    this.#cancel?.();
    let sleep = POLL;
    try {
      while (this.#isWoken && this.#isStarted && mayServe()) {
        const room = concurrency - this.#running;
        // With no room the next job that ends wakes it.
        if (room <= 0) break;
        this.#isWoken = false;
        const jobs = await storage.jobs.claimDue(owner, clock.now(), room);
        for (const job of jobs) void this.#run(job);
        if (jobs.length === room) this.#isWoken = true;
      }
      const due = this.#running < concurrency ? await storage.jobs.nextDueAt() : null;
      if (due !== null) sleep = Math.min(POLL, Math.max(10, due - clock.now()));
    } catch (error) {
      logger.warn({ error: describe(error) }, 'jobs could not be claimed; trying again');
    } finally {
      this.#isClaiming = false;
      if (this.#isStarted) {
        this.#cancel = clock.setTimer(sleep, () => {
          this.wake();
        });
      }
      this.#checkQuiet();
    }
  }

  async #run(job: Job): Promise<void> {
    this.#running += 1;
    try {
      await this.#record(job, await this.#perform(job));
    } catch (error) {
      // The record failed: the job stays claimed by this instance and is run again when its lease ends.
      this.#deps.logger.warn({ job: job.id, kind: job.kind, error: describe(error) }, 'the result of a job could not be recorded');
    } finally {
      this.#running -= 1;
      this.wake();
      this.#checkQuiet();
    }
  }

  async #perform(job: Job): Promise<JobResult | Error> {
    if (!isJobKind(job.kind)) return new Error(`No runner for jobs of the kind "${job.kind}"; it was stored by another version of Botloom.`);
    try {
      return await JOB_HANDLERS[job.kind](job, this.#deps);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  async #record(job: Job, result: JobResult | Error): Promise<void> {
    const { storage, owner, clock, logger } = this.#deps;
    if (!(result instanceof Error)) {
      if (result.kind === 'done') await storage.jobs.finish(owner, [job.id]);
      else await storage.jobs.postpone(owner, job.id, result.due_at, result.reason);
      return;
    }
    logger.warn({ job: job.id, kind: job.kind, attempts: job.attempts + 1, error: result.message }, 'a job failed');
    if (job.attempts + 1 >= MAX_ATTEMPTS) await storage.jobs.fail(owner, job.id, result.message);
    else await storage.jobs.postpone(owner, job.id, clock.now() + Math.min(MAX_BACKOFF, 1_000 * 4 ** job.attempts), result.message);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
