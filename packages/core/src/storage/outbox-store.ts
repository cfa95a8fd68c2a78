import type { Delivery } from '../engine/index.ts';
import type { JsonObject } from '../model/index.ts';
import type { NewMessage } from './update-batch.ts';

/** A queued message or call. The order in a chat is (position, id). */
export interface OutboxItem {
  readonly source: 'message' | 'call';
  readonly id: number;
  /**
   * For a message, its ID. For a call, the ID of the message that is sent before it, or its own ID. IDs of calls are
   * higher than those of the messages before them.
   */
  readonly position: number;
  readonly bot_id: string;
  /** `bot_user.id` of the user, if there is one. */
  readonly user_id: string | null;
  readonly chat_id: number;
  readonly thread_id: number;
  readonly method: string;
  readonly payload: JsonObject;
  readonly delivery: Delivery;
  readonly expires_at: number;
  /** True if a send was started and its outcome was not recorded. Only stored for `at_most_once`. */
  readonly was_attempted: boolean;
}

export type SendOutcome =
  | {
      readonly source: 'message' | 'call';
      readonly id: number;
      readonly kind: 'sent';
      readonly telegram_message_id: number | null;
      readonly at: number;
    }
  | { readonly source: 'message' | 'call'; readonly id: number; readonly kind: 'failed'; readonly reason: string };

/** The kind of the job that reports a failed message to the session that waits for it: see `NewMessage`. */
export const FAILED_SEND_JOB = 'send_failed';

/** Outgoing rows. Each is owned by one instance, which sends the rows of a chat in order. */
export interface OutboxStore {
  /**
   * Stores an outgoing message that does not come from a batch, but from the API or `botloom.send`. Locks the chat's
   * row first, as a batch does.
   */
  enqueue(
    owner: string,
    message: NewMessage,
    chat: { readonly id: number; readonly type: string },
  ): Promise<{ readonly id: number; readonly owner: string; readonly in_table: boolean }>;
  /** Returns queued rows of active bots that the owner has, the oldest first, after a position. */
  load(
    owner: string,
    after: { readonly position: number; readonly id: number } | null,
    limit: number,
  ): Promise<readonly OutboxItem[]>;
  /**
   * Records results of sending, with one statement per kind of result. Deletes the rows of calls, and adds the jobs of
   * failed messages that a session waits for.
   *
   * @throws BatchDataError - when the database rejects a value. Nothing is recorded then.
   */
  recordOutcomes(owner: string, outcomes: readonly SendOutcome[]): Promise<void>;
  /**
   * Marks an `at_most_once` row before it is sent. Removes the mark when it is certain that nothing was sent, so that
   * sending can be repeated.
   */
  markAttempted(owner: string, id: number, is_attempted: boolean): Promise<void>;
  /**
   * Returns the Telegram ID of the last message before this row that the same flow has sent to the same user in the
   * same chat. Null if there is none.
   */
  findPrevious(id: number): Promise<number | null>;
  /**
   * Marks a user who has blocked the bot, and fails all messages that are queued for them. Adds the jobs of those that
   * a session waits for.
   */
  failBlocked(bot_id: string, chat_id: number, reason: string): Promise<void>;
  /** Moves queued rows to another chat (a group that became a supergroup). */
  moveChat(bot_id: string, from_chat_id: number, to_chat_id: number): Promise<void>;
  /** Counts the messages that wait in a chat, of all instances, up to `maxRows`. */
  backlogOfChat(bot_id: string, chat_id: number, maxRows: number): Promise<number>;
  /** Counts the rows that the owner has to send. */
  backlog(owner: string): Promise<number>;
}
