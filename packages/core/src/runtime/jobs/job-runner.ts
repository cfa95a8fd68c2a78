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
  /** Jobs under way at a time. */
  readonly concurrency: number;
  /** Whether this instance's lease holds. */
  readonly mayServe: () => boolean;
  /** Whether people wait for this instance: what nobody waits for begins when none do. */
  readonly hasForegroundWork: () => boolean;
}

/** Longest sleep: another instance may have stored a job meanwhile. */
const POLL_INTERVAL_MS = 2_000;
/** New jobs gather so long: a transaction that claims one costs as much as for twenty. */
const CLAIM_DELAY_MS = 50;
/** Results gather so long. Where somebody waits for one, it is committed with the session's next state instead. */
const RESULT_WRITE_DELAY_MS = 250;
/** So long after their time, jobs that are the owner's and that nobody here knows of are set free: the answer that told of them was lost. Looked for as often. */
const STRANDED_AFTER_MS = 30_000;
/** Places for each one that jobs have which nobody waits for. */
const BACKGROUND_SLOT_DIVISOR = 4;
/** What nobody waits for is put off no longer than this, however busy it is. */
const MAX_YIELD_MS = 60_000;
/** How often is looked whether it is still busy. */
const YIELD_CHECK_INTERVAL_MS = 500;

/** Claims due jobs some way ahead, runs them, and records what came of them. What nobody waits for never takes the places of the rest. */
export class JobRunner {
  readonly #deps: JobRunnerDeps;
  readonly #writer: BatchedWriter<JobOutcome>;
  readonly #foreground: JobSlots;
  readonly #background: JobSlots;
  /** What this process has of the jobs that are the owner's: waiting, under way, or done and not yet recorded. */
  readonly #heldJobs = new Map<number, Job>();
  readonly #returnedJobs = new Map<JobOutcome, Job>();
  /** Monotonic. */
  #strandedCheckedAt = 0;
  /** Jobs that callers wait for: they need no place. */
  #runNowCount = 0;
  /** Monotonic; null: nobody waited when that was last looked at. */
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

  /** There may be something due. */
  wake(): void {
    if (!this.#isStarted || this.#isWakePending) return;
    this.#isWakePending = true;
    if (!this.#isClaiming) this.#scheduleClaim(CLAIM_DELAY_MS);
  }

  /** No new jobs; waits for those under way. What does not end in time is claimed again by another instance. */
  async stop(timeoutMs: number): Promise<void> {
    this.#isStarted = false;
    this.#cancelClaim?.();
    await new Promise<void>((resolve) => {
      const cancelClaim = this.#deps.clock.setTimer(timeoutMs, resolve);
      this.#idleListeners.push(() => {
        cancelClaim();
        resolve();
      });
      this.#notifyIfIdle();
    });
    await this.#writer.flush();
    this.#writer.close();
  }

  /**
   * Does a job that its caller waits for and that is this instance's, also where jobs are not run. One that is not committed is withdrawn: its caller is told, and may
   * ask again. Only if this process ends meanwhile, another one does it.
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
      // What was claimed while the lease did not hold.
      this.#startWaiting();
      this.#returnStalled();
      const shouldYield = this.#shouldYield();
      const [room, background] = [this.#foreground.claimCapacity, shouldYield ? 0 : this.#background.claimCapacity];
      if (shouldYield) sleep = YIELD_CHECK_INTERVAL_MS;
      if (mayServe() && room + background > 0) {
        await this.#releaseStranded();
        const jobs = await storage.jobs.claimDue(owner, clock.now(), room, background);
        for (const job of jobs) {
          this.#heldJobs.set(job.id, job);
          this.#slotsFor(job).enqueue(job, owner);
        }
        this.#startWaiting();
        // A job that ends makes room, and wakes.
        const due = jobs.length < room + background ? await storage.jobs.nextDueAt(!shouldYield) : null;
        if (due !== null) sleep = Math.min(sleep, Math.max(CLAIM_DELAY_MS, due - clock.now()));
      }
    } catch (error) {
      logger.warn({ error: errorMessage(error) }, 'jobs could not be claimed; trying again');
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
    if (jobs > 0) logger.warn({ jobs }, 'jobs were claimed of which this process never heard; they are claimed anew');
  }

  /** To whoever has places: what was claimed ahead, and now waits behind jobs that all take long. */
  #returnStalled(): void {
    for (const { job } of this.#foreground.takeStalled()) {
      const outcome: JobOutcome = {
        kind: 'postponed',
        id: job.id,
        due_at: job.due_at,
        reason: 'left to an instance that has places',
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
      // What was given back may have been claimed again already.
      if (job === undefined) this.#heldJobs.delete(outcome.id);
      else this.#forgetJob(job);
      if (outcome.kind !== 'failed' && (outcome.jobs ?? []).length > 0) this.wake();
    }
  }

  /** Its number may be another job's by now. */
  #forgetJob(job: Job): void {
    if (this.#heldJobs.get(job.id) === job) this.#heldJobs.delete(job.id);
  }

  /** Whether somebody called while jobs were claimed. */
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

  /** Begins what waits, as far as there are places. What was claimed before the lease was lost is for whoever claims it now. */
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
      return new Error(`No runner for jobs of the kind "${job.kind}"; it was stored by another version of Botloom.`);
    try {
      return await JOB_HANDLERS[job.kind](job, this.#deps);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
