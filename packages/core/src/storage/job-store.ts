import type { JsonObject } from '../model/index.ts';

export interface NewJob {
  readonly bot_id: string | null;
  readonly kind: string;
  readonly payload: JsonObject;
  /** The job does not run before this time. Milliseconds. */
  readonly due_at: number;
  /** At most one waiting job has a given key. Adding another one with the same key is ignored. */
  readonly key: string | null;
  /**
   * True if no user or caller waits for the job. It runs after all jobs that are not in the background. Default false.
   */
  readonly is_background?: boolean;
}

export interface Job extends NewJob {
  readonly id: number;
  readonly is_background: boolean;
  /** The number of earlier attempts. */
  readonly attempts: number;
}

/** The result of a job that was claimed. */
export type JobOutcome =
  /** The job is done. Its row is deleted in the same transaction as its changes are written. */
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly profile: ProfileChange | null;
      readonly jobs?: FollowUpJobs;
    }
  /** The job runs again later, on any instance: it failed and is repeated, or it recurs. */
  | {
      readonly kind: 'postponed';
      readonly id: number;
      readonly due_at: number;
      readonly reason: string;
      /** The value to store. A job that recurs starts at 0 again. */
      readonly attempts: number;
      readonly jobs?: FollowUpJobs;
    }
  /** The job does not run again. It becomes a dead letter. */
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

/**
 * Jobs to add in the same transaction, if the owner still holds the job. So a job that runs twice does not add them
 * twice. One of them can use the key of the job.
 */
export type FollowUpJobs = readonly NewJob[];

/** The profile of a user, as Telegram returned it. */
export interface ProfileChange {
  /** `bot_user.id`. */
  readonly user_id: string;
  readonly bio: string | null;
  readonly profile_photo_file_id: string | null;
  /** Milliseconds. */
  readonly read_at: number;
}

/** Durable work with a due time, such as a timer, an HTTP request or a schedule. */
export interface JobStore {
  add(jobs: readonly NewJob[]): Promise<void>;
  /** Adds a job that the owner runs immediately. If a job has the same key, returns that one. */
  createOwned(owner: string, job: NewJob): Promise<{ readonly job: Job; readonly is_new: boolean }>;
  /** Returns the waiting job that has this key. */
  find(key: string): Promise<Job | null>;
  /**
   * Claims due jobs that no live instance holds, the oldest first. The owner holds them until their outcomes are
   * recorded or its lease expires.
   *
   * @param now - milliseconds
   * @param limit - the maximum number of jobs that are not in the background
   * @param background - the maximum number of background jobs; by default, `limit`
   */
  claimDue(owner: string, now: number, limit: number, background?: number): Promise<readonly Job[]>;
  /**
   * Releases jobs that are stored as the owner's but that the owner does not know. This happens when a claim was
   * committed, but its response was lost.
   *
   * @param heldIds - the jobs that the owner knows
   * @param due_before - milliseconds. Jobs that are due later may be part of a claim that is still running.
   * @returns the number of released jobs
   */
  releaseUnknown(owner: string, heldIds: readonly number[], due_before: number): Promise<number>;
  /**
   * Returns the time at which the next job is due that no live instance holds, in milliseconds. Null if there is none.
   *
   * @param background - false ignores background jobs; default true
   */
  nextDueAt(background?: boolean): Promise<number | null>;
  /** Records outcomes of jobs in one transaction. Ignores jobs that the owner does not hold any more. */
  recordOutcomes(owner: string, outcomes: readonly JobOutcome[]): Promise<void>;
}
