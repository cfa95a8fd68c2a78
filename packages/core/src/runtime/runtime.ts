import type { JsonObject } from '../model/index.ts';

/** What became of an update. All of them are answered 200. */
export type UpdateResult = 'processed' | 'duplicate' | 'dropped' | 'dead_letter';

/** Which parts run in this process; a web process may leave the others to a worker. */
export type Role = 'dispatch' | 'jobs' | 'polling';

/** The impure shell around the engine. Made by `createRuntime`. */
export interface Runtime {
  start(roles?: readonly Role[]): Promise<void>;
  /** No new work; what was accepted is finished or left durable. Milliseconds of patience, default 10,000. */
  stop(patience?: number): Promise<void>;
  /**
   * Processes and commits one update; resolves when it may be acknowledged. Raises UNAVAILABLE or STORAGE_UNAVAILABLE (503 with
   * Retry-After: Telegram redelivers), UPDATE_INVALID for a body that is no update.
   */
  processUpdate(bot_id: string, update: JsonObject): Promise<UpdateResult>;
  /** Something in the outbox is new (after `outbox.enqueue`): the owner was this instance. */
  wakeDispatcher(): void;
  /** A bot's configuration or flows changed here: forget what is cached. Other instances notice by its revision. */
  invalidateBot(bot_id: string): void;
  readonly instance_id: string;
}
