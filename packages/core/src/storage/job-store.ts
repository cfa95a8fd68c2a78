import type { JsonObject } from '../model/index.ts';

export interface NewJob {
  readonly bot_id: string | null;
  readonly kind: string;
  readonly payload: JsonObject;
  /** Milliseconds; not before this. */
  readonly due_at: number;
  /** At most one waiting job has a key: a second insert with the same one is ignored. */
  readonly key: string | null;
  /** Nobody waits for it: it stands behind all that somebody waits for. Default false. */
  readonly is_background?: boolean;
}

export interface Job extends NewJob {
  readonly id: number;
  readonly is_background: boolean;
  /** How often it was tried before this time. */
  readonly attempts: number;
}

/** What came of a job that was claimed. */
export type JobOutcome =
  /** It is done and its row goes, together with what it changes. */
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly profile: ProfileChange | null;
      readonly jobs?: FollowUpJobs;
    }
  /** Later, and anybody may claim it then: it failed and is tried again, or it recurs. */
  | {
      readonly kind: 'postponed';
      readonly id: number;
      readonly due_at: number;
      readonly reason: string;
      /** As they are to stand in the row: a job that recurs begins anew. */ readonly attempts: number;
      readonly jobs?: FollowUpJobs;
    }
  /** Never again: it becomes a dead letter. */
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

/** Stored in the same transaction, and only if the job was still the owner's: a job that is run again makes none twice, and its key is free for one of them. */
export type FollowUpJobs = readonly NewJob[];

/** What was read about a person. */
export interface ProfileChange {
  /** `bot_user.id`. */
  readonly user_id: string;
  readonly bio: string | null;
  readonly profile_photo_file_id: string | null;
  /** Milliseconds. */
  readonly read_at: number;
}

/** Durable work with a due time. */
export interface JobStore {
  add(jobs: readonly NewJob[]): Promise<void>;
  /** Stores a job that is the owner's from the beginning: it does it at once. Where a job has its key already, gives that one. */
  createOwned(owner: string, job: NewJob): Promise<{ readonly job: Job; readonly is_new: boolean }>;
  /** The waiting job that has a key. */
  find(key: string): Promise<Job | null>;
  /**
   * Takes due jobs that nobody alive holds, oldest first; they are the owner's until they are settled or the owner's lease ends.
   *
   * @param limit of jobs that somebody waits for
   * @param background limit of the others; default the same
   */
  claimDue(owner: string, now: number, limit: number, background?: number): Promise<readonly Job[]>;
  /**
   * Sets jobs of the owner free that it does not know of: a claim may be committed and its answer lost.
   *
   * @param heldIds the jobs it knows of
   * @param due_before milliseconds; later ones may just be on their way to it
   * @returns how many were set free
   */
  releaseUnknown(owner: string, heldIds: readonly number[], due_before: number): Promise<number>;
  /**
   * When the next job that nobody holds is due, in milliseconds; null: there is none.
   *
   * @param background whether also of those that nobody waits for; default true
   */
  nextDueAt(background?: boolean): Promise<number | null>;
  /** Records what came of jobs, in one transaction. An outcome of a job that is not the owner's any more is passed over. */
  recordOutcomes(owner: string, outcomes: readonly JobOutcome[]): Promise<void>;
}
