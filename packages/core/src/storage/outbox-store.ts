import type { Delivery } from '../engine/index.ts';
import type { JsonObject } from '../model/index.ts';
import type { NewMessage } from './update-batch.ts';

/** One thing to send, of a message row or an outgoing call. The order in a chat is (position, id). */
export interface OutboxItem {
  readonly source: 'message' | 'call';
  readonly id: number;
  /** Message: its id. Call: the id of the message it comes after, or its own. Ids of calls are higher than those of the messages before them. */
  readonly position: number;
  readonly bot_id: string;
  /** `bot_user.id` of the person, where there is one. */
  readonly user_id: string | null;
  readonly chat_id: number;
  readonly thread_id: number;
  readonly method: string;
  readonly payload: JsonObject;
  readonly delivery: Delivery;
  readonly expires_at: number;
  /** Whether a send was begun and its outcome never recorded (only kept for `at_most_once`). */
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

/** The kind of the job that tells whoever waits for a message that it has failed: see `NewMessage`. */
export const FAILED_SEND_JOB = 'send_failed';

/** Outgoing rows: owned by one instance, sent in order per chat. */
export interface OutboxStore {
  /** Stores one outgoing message from outside a batch (the API, `botloom.send`); locks the chat's row first, as a batch does. */
  enqueue(
    owner: string,
    message: NewMessage,
    chat: { readonly id: number; readonly type: string },
  ): Promise<{ readonly id: number; readonly owner: string; readonly in_table: boolean }>;
  /** The owner's queued rows after a position, oldest first, of bots that are active. */
  load(
    owner: string,
    after: { readonly position: number; readonly id: number } | null,
    limit: number,
  ): Promise<readonly OutboxItem[]>;
  /** Writes results back in one statement a kind, with the jobs of failures that somebody waits for; a call's row is deleted. Raises BatchDataError, and has written none, when the database refuses what one of them says. */
  recordOutcomes(owner: string, outcomes: readonly SendOutcome[]): Promise<void>;
  /** Notes, before an `at_most_once` send, that it is about to be tried; or, when it is known that nothing was sent, that it may be tried again. */
  markAttempted(owner: string, id: number, is_attempted: boolean): Promise<void>;
  /** The Telegram id of the last message that the same flow has sent to the same person in the same chat before this row; null: there is none. */
  findPrevious(id: number): Promise<number | null>;
  /** Fails everything queued for a person who blocked the bot, and marks them blocked; with the jobs of what somebody waits for. */
  failBlocked(bot_id: string, chat_id: number, reason: string): Promise<void>;
  /** Moves queued rows to another chat (a group that became a supergroup). */
  moveChat(bot_id: string, from_chat_id: number, to_chat_id: number): Promise<void>;
  /** How many messages wait in a chat, whoever sends them; counted up to `most`. */
  backlogOfChat(bot_id: string, chat_id: number, maxRows: number): Promise<number>;
  /** How many rows the owner still has to send. */
  backlog(owner: string): Promise<number>;
}
