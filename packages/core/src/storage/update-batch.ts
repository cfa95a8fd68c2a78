import type { AnswerDraft, Delivery, Session, SessionSummary } from '../engine/index.ts';
import type { EnvUser, JsonObject } from '../model/index.ts';
import type { NewJob } from './job-store.ts';

/**
 * Identifies the session of one user in one chat. `thread_id` is 0 outside topics. `user_id` is the user's Telegram ID,
 * or 0 for the chat's own row.
 */
export interface SessionKey {
  readonly bot_id: string;
  readonly chat_id: number;
  readonly thread_id: number;
  readonly user_id: number;
}

/**
 * The ID that an input is claimed under, so that it takes effect once: Telegram's update ID, or the job that produced
 * it. Claiming a job finishes it: its row is deleted.
 */
export type Claim =
  { readonly kind: 'update'; readonly update_id: number } | { readonly kind: 'job'; readonly job_id: number };

export interface BatchInput {
  readonly bot_id: string;
  readonly claim: Claim;
  readonly user: UserUpsert | null;
  /**
   * `chat_id` of a user to read and lock without recording activity. For inputs that the user did not cause, such as a
   * timer. A user that does not exist is not created.
   */
  readonly known_user?: number;
  /**
   * Rows to create and lock: the user's session, and the chat's own row (see `chatSessionKey`). Empty without a chat.
   */
  readonly sessions: readonly SessionKey[];
}

/** Data about a user from an update. The user's row is created or updated. */
export interface UserUpsert {
  readonly chat_id: number;
  readonly username: string | null;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly language: string | null;
  /** Null keeps the stored value. */
  readonly phone: string | null;
  /** Null keeps the stored value. A user who writes in a private chat has not blocked the bot. */
  readonly is_blocked: boolean | null;
}

export interface BatchUser extends EnvUser {
  readonly bot_id: string;
  readonly is_new: boolean;
  /** Time at which bio and photo were last requested, in milliseconds. Null if never. */
  readonly profile_read_at: number | null;
}

/** The rows that the transaction has read and locked before `decide`. Maps are keyed by `sessionId` and `userId`. */
export interface LockedBatch {
  /**
   * By index of the inputs. False if the input was seen before or its bot does not exist: it must have no effect.
   * Updates of an inactive bot are claimed, but no user or session is read. Its jobs are not claimed: they wait.
   */
  readonly claimed: readonly boolean[];
  readonly users: ReadonlyMap<string, BatchUser>;
  readonly sessions: ReadonlyMap<string, Session>;
  /** Contains each bot of the batch that exists. */
  readonly bots: ReadonlyMap<string, { readonly revision: number; readonly is_active: boolean }>;
}

/**
 * `rollback` also undoes the claims. The caller does what is missing, such as loading flows, and runs the batch again.
 */
export type BatchDecision = { readonly kind: 'commit'; readonly writes: BatchWrites } | { readonly kind: 'rollback' };

export interface BatchWrites {
  /** Users whose tags or attributes change, at most once each. The batch has locked their rows. */
  readonly users: readonly UserChange[];
  /** `summary` is stored in columns, so that storage never needs to read the state. */
  readonly sessions: readonly {
    readonly key: SessionKey;
    readonly session: Session;
    readonly summary: SessionSummary;
  }[];
  readonly answers: readonly (AnswerDraft & { readonly key: SessionKey; readonly user_id: string | null })[];
  /** Incoming and outgoing, in the order of the log. */
  readonly messages: readonly NewMessage[];
  /**
   * Edited messages. Each updates the stored row with the same chat and Telegram ID, or is inserted if there is none.
   */
  readonly edits: readonly NewMessage[];
  readonly calls: readonly NewOutgoingCall[];
  readonly jobs: readonly NewJob[];
  /** Groups that became supergroups: their queued rows move from the first chat to the second. */
  readonly migrated_chats: readonly {
    readonly bot_id: string;
    readonly from_chat_id: number;
    readonly to_chat_id: number;
  }[];
}

/** The new tags and attributes of a user, complete, and the previous tags. */
export interface UserChange {
  readonly id: string;
  readonly bot_id: string;
  readonly tags: readonly string[];
  readonly tags_before: readonly string[];
  readonly attributes: JsonObject;
}

export interface NewMessage {
  readonly bot_id: string;
  /** `bot_user.id`. */
  readonly user_id: string | null;
  readonly chat_id: number | null;
  readonly thread_id: number;
  readonly direction: 'incoming' | 'outgoing';
  readonly type: string;
  readonly text: string | null;
  readonly file_id: string | null;
  readonly flow_id: string | null;
  readonly telegram_message_id: number | null;
  readonly payload: JsonObject | null;
  /** Only for outgoing messages. */
  readonly send: {
    /** Method of the Bot API. */
    readonly method: string;
    /** Guarantee: `at_least_once` can send a message twice, `at_most_once` can lose it. */
    readonly delivery: Delivery;
    /** Time after which it is not sent any more, in milliseconds. */
    readonly expires_at: number;
    /**
     * Set if a session waits for the message. When sending fails, a `FAILED_SEND_JOB` is stored in the same transaction
     * as the failure. Its payload is this object with a `reason`.
     */
    readonly on_failure?: JsonObject;
  } | null;
}

export interface NewOutgoingCall {
  readonly bot_id: string;
  readonly chat_id: number;
  readonly method: string;
  readonly payload: JsonObject;
  readonly expires_at: number;
  /** Index in `messages` of the row that is sent before it; -1 for after everything that the chat has queued so far. */
  readonly after_message: number;
}

export interface BatchOutcome {
  readonly kind: 'committed' | 'rolled_back';
  /**
   * The IDs of `writes.messages`, index by index, and the owner instance of each outgoing row (null for incoming ones).
   * `in_table` is true if the owner is the caller and the chat has queued rows that the caller may not know, because
   * another instance wrote to the chat in the meantime. The caller must read them from the table and send them first.
   */
  readonly messages: readonly { readonly id: number; readonly owner: string | null; readonly in_table: boolean }[];
  readonly calls: readonly {
    readonly id: number;
    readonly position: number;
    readonly owner: string;
    readonly in_table: boolean;
  }[];
}

/**
 * Returns the key of the chat's own row. Every writer locks it, so that batches of a chat run one after another. In a
 * private chat, it is the user's session.
 */
export function chatSessionKey(bot_id: string, chat: { readonly id: number; readonly type: string }): SessionKey {
  return { bot_id, chat_id: chat.id, thread_id: 0, user_id: chat.type === 'private' ? chat.id : 0 };
}

/** Returns the key of a session in the maps of a batch. */
export function sessionId(key: SessionKey): string {
  return `${key.bot_id}:${key.chat_id}:${key.thread_id}:${key.user_id}`;
}

/** Returns the key of a user in the maps of a batch. */
export function userId(bot_id: string, chat_id: number): string {
  return `${bot_id}:${chat_id}`;
}
