import { errorMessage } from '../../errors/index.ts';
import type { Job, JobOutcome } from '../../storage/index.ts';
import { BatchedWriter } from '../async/batched-writer.ts';
import type { JobDeps, JobResult } from './job-handler.ts';
import { jobOutcome } from './job-outcome.ts';
import { JobPlaces } from './job-places.ts';
import { isJobKind, JOB_HANDLERS } from './kinds/job-kinds.ts';

export interface JobRunnerDeps extends JobDeps {
  /** Another one after the lease was lost: not to be kept. */
  readonly owner: string;
  /** Jobs under way at a time. */
  readonly concurrency: number;
  /** Whether this instance's lease holds. */
  readonly mayServe: () => boolean;
  /** Whether people wait for this instance: what nobody waits for begins when none do. */
  readonly isBusy: () => boolean;
}

/** Longest sleep: another instance may have stored a job meanwhile. */
const POLL = 2_000;
/** New jobs gather so long: a transaction that claims one costs as much as for twenty. */
const GATHER = 50;
/** Results gather so long. Where somebody waits for one, it is committed with the session's next state instead. */
const SETTLE = 250;
/** So long after their time, jobs that are the owner's and that nobody here knows of are set free: the answer that told of them was lost. Looked for as often. */
const STRANDED = 30_000;
/** Places for each one that jobs have which nobody waits for. */
const BACKGROUND_PART = 4;
/** What nobody waits for is put off no longer than this, however busy it is. */
const YIELD = 60_000;
/** How often is looked whether it is still busy. */
const YIELD_CHECK = 500;

/** Claims due jobs some way ahead, runs them, and records what came of them. What nobody waits for never takes the places of the rest. */
export class JobRunner {
  readonly #deps: JobRunnerDeps;
  readonly #writer: BatchedWriter<JobOutcome>;
  readonly #foreground: JobPlaces;
  readonly #background: JobPlaces;
  /** What this process has of the jobs that are the owner's: waiting, under way, or done and not yet recorded. */
  readonly #held = new Map<number, Job>();
  readonly #givenBack = new Map<JobOutcome, Job>();
  /** Monotonic. */
  #checked_at = 0;
  /** Jobs that callers wait for: they need no place. */
  #called = 0;
  /** Monotonic; null: nobody waited when that was last looked at. */
  #busySince: number | null = null;
  #isStarted = false;
  #isClaiming = false;
  #isWoken = false;
  #cancel: (() => void) | null = null;
  #onQuiet: (() => void)[] = [];

  constructor(deps: JobRunnerDeps) {
    this.#deps = deps;
    const { storage, clock, logger, concurrency } = deps;
    const monotonic = (): number => clock.monotonic();
    this.#foreground = new JobPlaces({ limit: concurrency, isPatient: false, monotonic });
    this.#background = new JobPlaces({ limit: Math.ceil(concurrency / BACKGROUND_PART), isPatient: true, monotonic });
    this.#writer = new BatchedWriter<JobOutcome>({
      delay: SETTLE,
      write: (outcomes) => storage.jobs.settle(deps.owner, outcomes),
      onSettled: (outcomes) => {
        this.#recorded(outcomes);
      },
      instead: () => null,
      clock,
      logger,
    });
  }

  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  /** There may be something due. */
  wake(): void {
    if (!this.#isStarted || this.#isWoken) return;
    this.#isWoken = true;
    if (!this.#isClaiming) this.#claimIn(GATHER);
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
    await this.#writer.flush();
    this.#writer.close();
  }

  /**
   * Does a job that its caller waits for and that is this instance's, also where jobs are not run. One that is not committed is withdrawn: its caller is told, and may
   * ask again. Only if this process ends meanwhile, another one does it.
   */
  async runNow(job: Job): Promise<JobResult> {
    this.#called += 1;
    this.#held.set(job.id, job);
    try {
      const result = await this.#perform(job);
      if (result instanceof Error || result.kind !== 'committed')
        this.#writer.add({ kind: 'done', id: job.id, profile: null });
      else this.#letGo(job);
      if (result instanceof Error) throw result;
      return result;
    } finally {
      this.#called -= 1;
      this.#checkQuiet();
    }
  }

  #checkQuiet(): void {
    if (this.#called > 0 || this.#foreground.running > 0 || this.#background.running > 0 || this.#isClaiming) return;
    const listeners = this.#onQuiet;
    this.#onQuiet = [];
    for (const listener of listeners) listener();
  }

  #claimIn(delay: number): void {
    this.#cancel?.();
    this.#cancel = this.#deps.clock.setTimer(delay, () => {
      void this.#claim();
    });
  }

  async #claim(): Promise<void> {
    const { storage, clock, owner, logger, mayServe } = this.#deps;
    if (this.#isClaiming) return;
    this.#isClaiming = true;
    this.#isWoken = false;
    let sleep = POLL;
    try {
      // What was claimed while the lease did not hold.
      this.#start();
      this.#giveBack();
      const yields = this.#yields();
      const [room, background] = [this.#foreground.room, yields ? 0 : this.#background.room];
      if (yields) sleep = YIELD_CHECK;
      if (mayServe() && room + background > 0) {
        await this.#releaseStranded();
        const jobs = await storage.jobs.claimDue(owner, clock.now(), room, background);
        for (const job of jobs) {
          this.#held.set(job.id, job);
          this.#placesOf(job).add(job, owner);
        }
        this.#start();
        // A job that ends makes room, and wakes.
        const due = jobs.length < room + background ? await storage.jobs.nextDueAt(!yields) : null;
        if (due !== null) sleep = Math.min(sleep, Math.max(GATHER, due - clock.now()));
      }
    } catch (error) {
      logger.warn({ error: errorMessage(error) }, 'jobs could not be claimed; trying again');
    } finally {
      this.#isClaiming = false;
      if (this.#isStarted) this.#claimIn(this.#wasWoken() ? GATHER : sleep);
      this.#checkQuiet();
    }
  }

  async #releaseStranded(): Promise<void> {
    const { storage, clock, owner, logger } = this.#deps;
    if (clock.monotonic() < this.#checked_at + STRANDED) return;
    const jobs = await storage.jobs.release(owner, [...this.#held.keys()], clock.now() - STRANDED);
    this.#checked_at = clock.monotonic();
    if (jobs > 0) logger.warn({ jobs }, 'jobs were claimed of which this process never heard; they are claimed anew');
  }

  /** To whoever has places: what was claimed ahead, and now waits behind jobs that all take long. */
  #giveBack(): void {
    for (const { job } of this.#foreground.takeStuck()) {
      const outcome: JobOutcome = {
        kind: 'postponed',
        id: job.id,
        due_at: job.due_at,
        reason: 'left to an instance that has places',
        attempts: job.attempts,
      };
      this.#givenBack.set(outcome, job);
      this.#writer.add(outcome);
    }
  }

  #recorded(outcomes: readonly JobOutcome[]): void {
    for (const outcome of outcomes) {
      const job = this.#givenBack.get(outcome);
      this.#givenBack.delete(outcome);
      // What was given back may have been claimed again already.
      if (job === undefined) this.#held.delete(outcome.id);
      else this.#letGo(job);
      if (outcome.kind !== 'failed' && (outcome.jobs ?? []).length > 0) this.wake();
    }
  }

  /** Its number may be another job's by now. */
  #letGo(job: Job): void {
    if (this.#held.get(job.id) === job) this.#held.delete(job.id);
  }

  /** Whether somebody called while jobs were claimed. */
  #wasWoken(): boolean {
    return this.#isWoken;
  }

  #yields(): boolean {
    const now = this.#deps.clock.monotonic();
    this.#busySince = this.#deps.isBusy() ? (this.#busySince ?? now) : null;
    return this.#busySince !== null && now - this.#busySince < YIELD;
  }

  #placesOf({ is_background }: Job): JobPlaces {
    return is_background ? this.#background : this.#foreground;
  }

  /** Begins what waits, as far as there are places. What was claimed before the lease was lost is for whoever claims it now. */
  #start(): void {
    for (const places of this.#yields() ? [this.#foreground] : [this.#foreground, this.#background]) {
      while (this.#isStarted && this.#deps.mayServe() && places.hasFree) {
        const next = places.next();
        if (next === undefined) break;
        if (next.owner === this.#deps.owner) void this.#run(next.job, places);
        else this.#letGo(next.job);
      }
    }
  }

  async #run(job: Job, places: JobPlaces): Promise<void> {
    places.begin(job);
    try {
      const outcome = jobOutcome(job, await this.#perform(job), this.#deps);
      if (outcome !== null) this.#writer.add(outcome);
      else this.#letGo(job);
    } finally {
      places.end(job);
      this.#start();
      if (places.wantsMore) this.wake();
      this.#checkQuiet();
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
