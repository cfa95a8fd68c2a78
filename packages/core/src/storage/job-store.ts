import type { JsonObject } from '../model/index.ts';

export interface NewJob {
  readonly bot_id: string | null;
  readonly kind: string;
  readonly payload: JsonObject;
  /** Milliseconds; not before this. */
  readonly due_at: number;
  /** At most one waiting job has a key: a second insert with the same one is ignored. */
  readonly key: string | null;
}

export interface Job extends NewJob {
  readonly id: number;
  /** How often it was tried before this time. */
  readonly attempts: number;
}

/** Durable work with a due time. */
export interface JobStore {
  add(jobs: readonly NewJob[]): Promise<void>;
  /** Takes due jobs that nobody alive holds, oldest first; they are the owner's until finished, postponed, failed, or the owner's lease ends. */
  claimDue(owner: string, now: number, limit: number): Promise<readonly Job[]>;
  /** When the next job that nobody holds is due, in milliseconds; null: there is none. */
  nextDueAt(): Promise<number | null>;
  finish(owner: string, ids: readonly number[]): Promise<void>;
  postpone(owner: string, id: number, due_at: number, reason: string): Promise<void>;
  /** Gives up: the job becomes a dead letter with the reason. */
  fail(owner: string, id: number, reason: string): Promise<void>;
}
