import { errorMessage } from '../../errors/index.ts';
import type { Job, JobOutcome } from '../../storage/index.ts';
import { BatchedWriter } from '../async/batched-writer.ts';
import type { JobDeps, JobResult } from './job-handler.ts';
import { jobOutcome } from './job-outcome.ts';
import { JobSlots } from './job-slots.ts';
import { isJobKind, JOB_HANDLERS } from './kinds/job-kinds.ts';

export interface JobRunnerDeps extends JobDeps {
  /** Returns the owner of this instance's rows. It changes when the lease is lost, so the value must not be stored. */
  readonly currentOwner: () => string;
  /** Maximum number of jobs in progress. */
  readonly concurrency: number;
  /** Returns true if this instance holds its lease. */
  readonly mayServe: () => boolean;
  /** Returns true if users wait for this instance. Background jobs start only when none do. */
  readonly hasForegroundWork: () => boolean;
}

/** Longest sleep: another instance may store a job meanwhile. */
const POLL_INTERVAL_MS = 2_000;
/** Delay for collecting new jobs: a transaction that claims one job costs as much as one that claims twenty. */
const CLAIM_DELAY_MS = 50;
/** Delay for collecting results. The result of a job that a session waits for is committed with the session instead. */
const RESULT_WRITE_DELAY_MS = 250;
/**
 * Jobs that are owned by this instance but unknown to it are released this long after their due time: the response to
 * their claim was lost. This is also the interval of that check.
 */
const STRANDED_AFTER_MS = 30_000;
/** Slots for background jobs: one per this many slots of other jobs. */
const BACKGROUND_SLOT_DIVISOR = 4;
/** Maximum time for which background jobs yield to a busy instance. */
const MAX_YIELD_MS = 60_000;
/** Interval of the check for a busy instance. */
const YIELD_CHECK_INTERVAL_MS = 500;

/**
 * Claims due jobs some time ahead, runs them, and records their results. Background jobs never use the slots of other
 * jobs.
 */
export class JobRunner {
  readonly #deps: JobRunnerDeps;
  readonly #writer: BatchedWriter<JobOutcome>;
  readonly #foreground: JobSlots;
  readonly #background: JobSlots;
  /** Jobs of this owner that the process knows: waiting, in progress, or done and not recorded yet. */
  readonly #heldJobs = new Map<number, Job>();
  readonly #returnedJobs = new Map<JobOutcome, Job>();
  /** Monotonic milliseconds. */
  #strandedCheckedAt = 0;
  /** Jobs that run for a waiting caller, outside of the slots. */
  #runNowCount = 0;
  /** Start of the busy time in monotonic milliseconds; null if the instance was not busy at the last check. */
  #busySince: number | null = null;
  #isStarted = false;
  #isClaiming = false;
  #isWakePending = false;
  #cancelClaim: (() => void) | null = null;
  #idleListeners: (() => void)[] = [];

  constructor(deps: JobRunnerDeps) {
    this.#deps = deps;
    const { storage, clock, logger, concurrency } = deps;
    const monotonic = (): number => clock.monotonic();
    this.#foreground = new JobSlots({ limit: concurrency, prefetchesFully: false, monotonic });
    this.#background = new JobSlots({
      limit: Math.ceil(concurrency / BACKGROUND_SLOT_DIVISOR),
      prefetchesFully: true,
      monotonic,
    });
    this.#writer = new BatchedWriter<JobOutcome>({
      delayMs: RESULT_WRITE_DELAY_MS,
      write: (outcomes) => storage.jobs.recordOutcomes(deps.currentOwner(), outcomes),
      onWritten: (outcomes) => {
        this.#onResultsWritten(outcomes);
      },
      toFallback: () => null,
      clock,
      logger,
    });
  }

  startWaiting(): void {
    this.#isStarted = true;
    this.wake();
  }

  /** Call this when a job may be due. */
  wake(): void {
    if (!this.#isStarted || this.#isWakePending) return;
    this.#isWakePending = true;
    if (!this.#isClaiming) this.#scheduleClaim(CLAIM_DELAY_MS);
  }

  /**
   * Starts no more jobs and waits for those in progress. Jobs that do not end in time are claimed again by another
   * instance.
   *
   * @param timeoutMs - milliseconds
   */
  async stop(timeoutMs: number): Promise<void> {
    this.#isStarted = false;
    this.#cancelClaim?.();
    await new Promise<void>((resolve) => {
      const cancelTimeout = this.#deps.clock.setTimer(timeoutMs, resolve);
      this.#idleListeners.push(() => {
        cancelTimeout();
        resolve();
      });
      this.#notifyIfIdle();
    });
    await this.#writer.flush();
    this.#writer.close();
  }

  /**
   * Runs a job of this instance for a waiting caller, also in a process that does not run jobs. A job that is not
   * committed is withdrawn: its caller receives the error and can repeat the call. Another instance runs it only if
   * this process ends meanwhile.
   */
  async runNow(job: Job): Promise<JobResult> {
    this.#runNowCount += 1;
    this.#heldJobs.set(job.id, job);
    try {
      const result = await this.#perform(job);
      if (result instanceof Error || result.kind !== 'committed')
        this.#writer.add({ kind: 'done', id: job.id, profile: null });
      else this.#forgetJob(job);
      if (result instanceof Error) throw result;
      return result;
    } finally {
      this.#runNowCount -= 1;
      this.#notifyIfIdle();
    }
  }

  #notifyIfIdle(): void {
    if (this.#runNowCount > 0 || this.#foreground.running > 0 || this.#background.running > 0 || this.#isClaiming)
      return;
    const listeners = this.#idleListeners;
    this.#idleListeners = [];
    for (const listener of listeners) listener();
  }

  #scheduleClaim(delay: number): void {
    this.#cancelClaim?.();
    this.#cancelClaim = this.#deps.clock.setTimer(delay, () => {
      void this.#claim();
    });
  }

  async #claim(): Promise<void> {
    const { storage, clock, currentOwner, logger, mayServe } = this.#deps;
    const owner = currentOwner();
    if (this.#isClaiming) return;
    this.#isClaiming = true;
    this.#isWakePending = false;
    let sleep = POLL_INTERVAL_MS;
    try {
      // Start the jobs that were claimed while the lease was not held.
      this.#startWaiting();
      this.#returnStalled();
      const shouldYield = this.#shouldYield();
      const [foreground, background] = [
        this.#foreground.claimCapacity,
        shouldYield ? 0 : this.#background.claimCapacity,
      ];
      if (shouldYield) sleep = YIELD_CHECK_INTERVAL_MS;
      if (mayServe() && foreground + background > 0) {
        await this.#releaseStranded();
        const jobs = await storage.jobs.claimDue(owner, clock.now(), foreground, background);
        for (const job of jobs) {
          this.#heldJobs.set(job.id, job);
          this.#slotsFor(job).enqueue(job, owner);
        }
        this.#startWaiting();
        // A job that ends frees a slot and wakes the runner.
        const due = jobs.length < foreground + background ? await storage.jobs.nextDueAt(!shouldYield) : null;
        if (due !== null) sleep = Math.min(sleep, Math.max(CLAIM_DELAY_MS, due - clock.now()));
      }
    } catch (error) {
      logger.warn({ error: errorMessage(error) }, 'due jobs could not be read from the database; trying again');
    } finally {
      this.#isClaiming = false;
      if (this.#isStarted) this.#scheduleClaim(this.#hasPendingWake() ? CLAIM_DELAY_MS : sleep);
      this.#notifyIfIdle();
    }
  }

  async #releaseStranded(): Promise<void> {
    const { storage, clock, currentOwner, logger } = this.#deps;
    if (clock.monotonic() < this.#strandedCheckedAt + STRANDED_AFTER_MS) return;
    const jobs = await storage.jobs.releaseUnknown(
      currentOwner(),
      [...this.#heldJobs.keys()],
      clock.now() - STRANDED_AFTER_MS,
    );
    this.#strandedCheckedAt = clock.monotonic();
    if (jobs > 0)
      logger.warn(
        { jobs },
        'jobs of this instance were unknown to it, because the response to their claim was lost; they are released',
      );
  }

  /** Returns claimed jobs that wait behind slow jobs, so that an instance with free slots can claim them. */
  #returnStalled(): void {
    for (const { job } of this.#foreground.takeStalled()) {
      const outcome: JobOutcome = {
        kind: 'postponed',
        id: job.id,
        due_at: job.due_at,
        reason: 'returned for an instance with free slots',
        attempts: job.attempts,
      };
      this.#returnedJobs.set(outcome, job);
      this.#writer.add(outcome);
    }
  }

  #onResultsWritten(outcomes: readonly JobOutcome[]): void {
    for (const outcome of outcomes) {
      const job = this.#returnedJobs.get(outcome);
      this.#returnedJobs.delete(outcome);
      // A returned job may have been claimed again already.
      if (job === undefined) this.#heldJobs.delete(outcome.id);
      else this.#forgetJob(job);
      if (outcome.kind !== 'failed' && (outcome.jobs ?? []).length > 0) this.wake();
    }
  }

  /** Forgets a job, unless its ID belongs to another job by now. */
  #forgetJob(job: Job): void {
    if (this.#heldJobs.get(job.id) === job) this.#heldJobs.delete(job.id);
  }

  /** True if `wake` was called while jobs were claimed. */
  #hasPendingWake(): boolean {
    return this.#isWakePending;
  }

  #shouldYield(): boolean {
    const now = this.#deps.clock.monotonic();
    this.#busySince = this.#deps.hasForegroundWork() ? (this.#busySince ?? now) : null;
    return this.#busySince !== null && now - this.#busySince < MAX_YIELD_MS;
  }

  #slotsFor({ is_background }: Job): JobSlots {
    return is_background ? this.#background : this.#foreground;
  }

  /**
   * Starts waiting jobs while there are free slots. Jobs that were claimed before the lease was lost are forgotten:
   * their new owner runs them.
   */
  #startWaiting(): void {
    for (const slots of this.#shouldYield() ? [this.#foreground] : [this.#foreground, this.#background]) {
      while (this.#isStarted && this.#deps.mayServe() && slots.hasFreeSlot) {
        const next = slots.dequeue();
        if (next === undefined) break;
        if (next.owner === this.#deps.currentOwner()) void this.#run(next.job, slots);
        else this.#forgetJob(next.job);
      }
    }
  }

  async #run(job: Job, slots: JobSlots): Promise<void> {
    slots.markStarted(job);
    try {
      const outcome = jobOutcome(job, await this.#perform(job), this.#deps);
      if (outcome !== null) this.#writer.add(outcome);
      else this.#forgetJob(job);
    } finally {
      slots.markFinished(job);
      this.#startWaiting();
      if (slots.shouldClaimMore) this.wake();
      this.#notifyIfIdle();
    }
  }

  async #perform(job: Job): Promise<JobResult | Error> {
    if (!isJobKind(job.kind))
      return new Error(
        `Jobs of the kind "${job.kind}" are unknown to this version of Botloom; another version has stored this one.`,
      );
    try {
      return await JOB_HANDLERS[job.kind](job, this.#deps);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
