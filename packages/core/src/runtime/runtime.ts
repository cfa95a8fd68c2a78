import type { EventOf } from '../engine/index.ts';
import type { OutboxItem } from '../storage/index.ts';
import type { CallRecord, SessionOutcome } from './batch/pending-input.ts';
import type { BotCache } from './bots/bot-cache.ts';
import type { RuntimeEvents } from './runtime-events.ts';

/** What became of an update. All of them are answered 200. */
export type UpdateResult = 'processed' | 'duplicate' | 'dropped' | 'dead_letter';

/** Which parts run in this process; a web process may leave them to a worker. */
export type Role = 'dispatch' | 'jobs' | 'polling';

/** What the host or an operator does to sessions of one person. */
export interface SessionCall {
  readonly bot_id: string;
  /** Telegram's id of the person. */
  readonly user_id: number;
  /** None: only the record is looked at. */
  readonly places: readonly CallPlace[];
  readonly event: EventOf<'external' | 'operator' | 'start'>;
  /** How the call is remembered, for two days; null: it is not. */
  readonly record: CallRecord | null;
}

/** A type of its own and no interface, since it is stored as it is. */
export type CallPlace = { readonly chat_id: number; readonly chat_type: string; readonly thread_id: number };

export interface CallResult {
  /** How many sessions went on. */
  readonly continued: number;
  /** What it did to each, in the order of the places; empty when it was done before. */
  readonly outcomes: readonly SessionOutcome[];
  /** The call was made before, and this is what came of it then. */
  readonly is_repeated: boolean;
}

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
  stop(patience?: number): Promise<void>;
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
  tell(call: SessionCall): Promise<CallResult>;
  /** Raises RATE_LIMITED when so much waits for this chat, or for its bot, that no more is to be enqueued: `chatBacklog`, `botBacklog`. */
  requireRoom(bot_id: string, chat_id: number): Promise<void>;
  /** Sends rows that `outbox.enqueue` gave to this instance. */
  send(items: readonly OutboxItem[], in_table: boolean): void;
  /** A job was stored that may be due. */
  wakeJobs(): void;
  /** A bot's configuration or flows changed here: forget what is cached. Other instances notice by its revision. */
  invalidateBot(bot_id: string): void;
  /** Resolves when no update waits and everything is sent and recorded (jobs aside). For tests and scripts. */
  idle(): Promise<void>;
}
