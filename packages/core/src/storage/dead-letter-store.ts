import type { JsonObject, Page, PageRequest, Scope } from '../model/index.ts';

export interface DeadLetter {
  readonly id: number;
  readonly bot_id: string | null;
  /** `update` or `job`. */
  readonly kind: string;
  readonly update_id: number | null;
  readonly payload: JsonObject;
  readonly reason: string;
  readonly created_at: string;
}

/** An update that could not be processed. */
export interface NewDeadLetter {
  readonly bot_id: string;
  readonly update_id: number;
  readonly payload: JsonObject;
  readonly reason: string;
}

/** Updates and jobs that could not be processed. */
export interface DeadLetterStore {
  /**
   * Stores an update and claims it in the same transaction, so that a redelivery has no effect.
   *
   * @returns false if the update was already claimed
   */
  add(letter: NewDeadLetter): Promise<boolean>;
  /**
   * Returns the newest dead letters first.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   */
  list(scope: Scope, bot_id: string, page: PageRequest): Promise<Page<DeadLetter>>;
  /**
   * Starts a replay. Of an update, it removes the claim, but only once: a claim that an interrupted replay has made
   * stays. The dead letter stays until `endReplay`. Of a job, it removes the dead letter and adds the job, due
   * immediately.
   *
   * @returns null if the dead letter does not exist
   */
  beginReplay(scope: Scope, bot_id: string, id: number): Promise<DeadLetter | null>;
  /** Removes a dead letter whose update was processed. */
  endReplay(bot_id: string, id: number): Promise<void>;
}
