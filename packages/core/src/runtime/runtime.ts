import type { OutboxItem } from '../storage/index.ts';
import type { UpdateResult } from './batch/update-result.ts';
import type { BotCache } from './bots/bot-cache.ts';
import type { CallResult, SessionCall } from './jobs/session-call.ts';
import type { RuntimeEvents } from './runtime-events.ts';

/** Parts that run in this process. A web process may leave them to a worker. */
export type Role = 'dispatch' | 'jobs' | 'polling';

/** The impure shell around the engine. Created by `createRuntime`. */
export interface Runtime {
  /**
   * Owner of new outgoing rows: this instance; or no instance, if this one does not send. Then an instance that sends
   * takes them over.
   */
  readonly sender_id: string;
  readonly events: RuntimeEvents;
  /** Bots with their secrets, for the webhook. */
  readonly bots: BotCache;
  /** Starts the parts of the roles (default: dispatch and jobs). Keeps the process alive until `stop`. */
  start(roles?: readonly Role[]): Promise<void>;
  /**
   * Accepts no more work. Accepted work is finished, or stays durable in the database.
   *
   * @param timeoutMs - milliseconds, default 10,000
   */
  stop(timeoutMs?: number): Promise<void>;
  /**
   * Processes and commits one update. Resolves when the update may be acknowledged.
   *
   * @param bytes - size of the update, if it is known
   * @throws UNAVAILABLE, STORAGE_UNAVAILABLE - respond 503 with Retry-After: Telegram redelivers the update
   * @throws UPDATE_INVALID - when the value is not an update
   */
  processUpdate(bot_id: string, update: unknown, bytes?: number): Promise<UpdateResult>;
  /**
   * Delivers an event to sessions through the lane of their chat, so that it never runs concurrently with a message of
   * the user. Resolves when it is committed.
   *
   * @throws UNAVAILABLE, STORAGE_UNAVAILABLE - the call may be repeated; it takes effect once if it has a record
   * @throws CONFLICT - when the bot is not active
   * @throws VALIDATION_FAILED - at `/id`, when another call has the same record
   */
  sendSessionEvent(call: SessionCall): Promise<CallResult>;
  /** @throws RATE_LIMITED - when too many rows of the chat or of its bot are unsent: `chatBacklog`, `botBacklog` */
  requireCapacity(bot_id: string, chat_id: number): Promise<void>;
  /** Sends rows that `outbox.enqueue` assigned to this instance. */
  send(items: readonly OutboxItem[], in_table: boolean): void;
  /** Call this when a job was stored that may be due. */
  wakeJobs(): void;
  /**
   * Call this when the configuration or the flows of a bot were changed in this process: removes it from the cache.
   * Other instances notice the change by its revision.
   */
  invalidateBot(bot_id: string): void;
  /** Resolves when no update waits and everything is sent and recorded (except jobs). For tests and scripts. */
  idle(): Promise<void>;
}
