import type { AnswerDraft, Delivery, Session, SessionSummary } from '../engine/index.ts';
import type { EnvUser, JsonObject } from '../model/index.ts';
import type { NewJob } from './job-store.ts';

/** Where a person stands in a chat. `thread_id` is 0 outside topics; `user_id` is Telegram's id of the person, 0 for the chat itself. */
export interface SessionKey {
  readonly bot_id: string;
  readonly chat_id: number;
  readonly thread_id: number;
  readonly user_id: number;
}

/** What an input is claimed by, so that it changes state once: Telegram's update id, or the job whose result it is, which is finished by it (its row goes). */
export type Claim =
  { readonly kind: 'update'; readonly update_id: number } | { readonly kind: 'job'; readonly job_id: number };

export interface BatchInput {
  readonly bot_id: string;
  readonly claim: Claim;
  readonly user: UserUpsert | null;
  /** A person (`chat_id`) who is read and locked but not touched, for what they have not done themselves: a timer is no sign of life. One who is not there is not made. */
  readonly known_user?: number;
  /** Rows to create and lock: the person's session and the chat's own (see `chatSessionKey`); empty when there is no chat. */
  readonly sessions: readonly SessionKey[];
}

/** What an update says about a person; the row is created or brought up to date. */
export interface UserUpsert {
  readonly chat_id: number;
  readonly username: string | null;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly language: string | null;
  /** Null: not said, the stored one stays. */
  readonly phone: string | null;
  /** Null: not said, the stored one stays. A person who writes in private is not blocked. */
  readonly is_blocked: boolean | null;
}

export interface BatchUser extends EnvUser {
  readonly bot_id: string;
  readonly is_new: boolean;
  /** When bio and photo were last asked for; null: never. Milliseconds. */
  readonly profile_read_at: number | null;
}

/** What storage found and locked, in the transaction, before anything is decided. Maps are keyed by `sessionId` and `userId`. */
export interface LockedBatch {
  /** By index of the inputs; false: seen before, or there is no such bot: nothing is to happen. An inactive bot's updates are claimed, but touch no user and no session; its jobs are not, they wait. */
  readonly claimed: readonly boolean[];
  readonly users: ReadonlyMap<string, BatchUser>;
  readonly sessions: ReadonlyMap<string, Session>;
  /** Of every bot in the batch that exists. */
  readonly bots: ReadonlyMap<string, { readonly revision: number; readonly is_active: boolean }>;
}

/** `rollback` undoes the claims as well: the caller knows why (programs to reload) and runs the batch again. */
export type BatchDecision = { readonly kind: 'commit'; readonly writes: BatchWrites } | { readonly kind: 'rollback' };

export interface BatchWrites {
  /** People whose own data change, each once. They are locked with the batch. */
  readonly users: readonly UserChange[];
  /** `summary` goes to columns: nothing in storage reads the state. */
  readonly sessions: readonly {
    readonly key: SessionKey;
    readonly session: Session;
    readonly summary: SessionSummary;
  }[];
  readonly answers: readonly (AnswerDraft & { readonly key: SessionKey; readonly user_id: string | null })[];
  /** Incoming and outgoing, in the order of the log. */
  readonly messages: readonly NewMessage[];
  /** Edited messages: the stored row of the same chat and Telegram id is changed; there being none, the row is inserted. */
  readonly edits: readonly NewMessage[];
  readonly calls: readonly NewOutgoingCall[];
  readonly jobs: readonly NewJob[];
  /** Queued sends of the first chat go to the second: a group that became a supergroup. */
  readonly migrated_chats: readonly {
    readonly bot_id: string;
    readonly from_chat_id: number;
    readonly to_chat_id: number;
  }[];
}

/** All tags and attributes that a person has from now on, and the tags that they had. */
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
  /**
   * Outgoing only: what to call, whether it may be doubled, and until when it is worth sending (milliseconds). `on_failure`: somebody waits for it; when it has failed, that
   * with the `reason` is the payload of a job (`FAILED_SEND_JOB`), which is stored with the failure, in one transaction.
   */
  readonly send: {
    readonly method: string;
    readonly delivery: Delivery;
    readonly expires_at: number;
    readonly on_failure?: JsonObject;
  } | null;
}

export interface NewOutgoingCall {
  readonly bot_id: string;
  readonly chat_id: number;
  readonly method: string;
  readonly payload: JsonObject;
  readonly expires_at: number;
  /** Index into `messages` of the row it comes after in the chat's order; -1: after all that the chat has queued so far. */
  readonly after_message: number;
}

export interface BatchOutcome {
  readonly kind: 'committed' | 'rolled_back';
  /**
   * Ids of `writes.messages`, index by index, and which instance each outgoing row was given to (null for incoming ones).
   * `in_table`: the owner is the caller, and the chat has queued rows that the caller may not know of, since another instance
   * wrote to the chat after the caller did: they must be read from the table, and come first.
   */
  readonly messages: readonly { readonly id: number; readonly owner: string | null; readonly in_table: boolean }[];
  readonly calls: readonly {
    readonly id: number;
    readonly position: number;
    readonly owner: string;
    readonly in_table: boolean;
  }[];
}

/** The chat's own row, which every writer locks so that a chat is served serially: in a private chat the person's own session is it. */
export function chatSessionKey(bot_id: string, chat: { readonly id: number; readonly type: string }): SessionKey {
  return { bot_id, chat_id: chat.id, thread_id: 0, user_id: chat.type === 'private' ? chat.id : 0 };
}

export function sessionId(key: SessionKey): string {
  return `${key.bot_id}:${key.chat_id}:${key.thread_id}:${key.user_id}`;
}

export function userId(bot_id: string, chat_id: number): string {
  return `${bot_id}:${chat_id}`;
}
