import type { OutboxItem } from '../storage/index.ts';
import type { UpdateResult } from './batch/update-result.ts';
import type { BotCache } from './bots/bot-cache.ts';
import type { CallResult, SessionCall } from './jobs/session-call.ts';
import type { RuntimeEvents } from './runtime-events.ts';

/** Which parts run in this process; a web process may leave them to a worker. */
export type Role = 'dispatch' | 'jobs' | 'polling';

/** The impure shell around the engine. Made by `createRuntime`. */
export interface Runtime {
  /** Whom new rows to send are given to: this instance; or nobody, when it does not send, and then one that does takes them. */
  readonly sender_id: string;
  readonly events: RuntimeEvents;
  /** Bots with their secrets, for the webhook: `peek`, `fresh`, `reload`. */
  readonly bots: BotCache;
  /** Default roles: dispatch and jobs. Keeps the process alive until `stop`. */
  start(roles?: readonly Role[]): Promise<void>;
  /** No new work; what was accepted is finished or left durable. Milliseconds of patience, default 10,000. */
  stop(timeoutMs?: number): Promise<void>;
  /**
   * Processes and commits one update; resolves when it may be acknowledged. Raises UNAVAILABLE or STORAGE_UNAVAILABLE (503 with
   * Retry-After: Telegram redelivers), UPDATE_INVALID for what is no update.
   * @param bytes the update's size, where it is known.
   */
  processUpdate(bot_id: string, update: unknown, bytes?: number): Promise<UpdateResult>;
  /**
   * Gives an event to sessions through their chat's lane, so that it never meets a person's message half-way; resolves when it is committed.
   *
   * @throws UNAVAILABLE, STORAGE_UNAVAILABLE: it may be made again, once only if it has a record · CONFLICT when the bot is not active ·
   *   VALIDATION_FAILED at `/id` when another call has the same record
   */
  sendSessionEvent(call: SessionCall): Promise<CallResult>;
  /** Raises RATE_LIMITED when so much waits for this chat, or for its bot, that no more is to be enqueued: `chatBacklog`, `botBacklog`. */
  requireCapacity(bot_id: string, chat_id: number): Promise<void>;
  /** Sends rows that `outbox.enqueue` gave to this instance. */
  send(items: readonly OutboxItem[], in_table: boolean): void;
  /** A job was stored that may be due. */
  wakeJobs(): void;
  /** A bot's configuration or flows changed here: forget what is cached. Other instances notice by its revision. */
  invalidateBot(bot_id: string): void;
  /** Resolves when no update waits and everything is sent and recorded (jobs aside). For tests and scripts. */
  idle(): Promise<void>;
}
