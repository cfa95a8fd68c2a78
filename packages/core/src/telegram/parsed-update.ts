import type { EngineEvent } from '../engine/event.ts';
import type { JsonObject } from '../model/index.ts';

/** A parsed update: the values to store, and the event for the engine. Created by `parseUpdate`, which is pure. */
export interface ParsedUpdate {
  readonly update_id: number;
  /** `message`, `callback_query`, …; `unknown` for a kind that is not in `UPDATE_KINDS`. */
  readonly kind: string;
  readonly user: UpdateUser | null;
  /**
   * The chat of the update, or the private chat with the user for a join request; null for a poll, a subscription and
   * the like.
   */
  readonly chat: { readonly id: number; readonly type: string; readonly thread_id: number } | null;
  readonly log: LogEntry | null;
  readonly event: EngineEvent | null;
  /** Reachability of the user: `my_chat_member` in a private chat. */
  readonly reachability: 'blocked' | 'unblocked' | null;
  /** A group that was upgraded to a supergroup: queued messages must follow it. */
  readonly migrated: { readonly from_chat_id: number; readonly to_chat_id: number } | null;
}

/** The user as named by the update. Strings are clean (no U+0000, no lone surrogates). */
export interface UpdateUser {
  readonly chat_id: number;
  readonly username: string | null;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly language: string | null;
  /** Only set by a contact that the user shared of themselves. */
  readonly phone: string | null;
}

export interface LogEntry {
  /**
   * `store`: a new incoming row. `update`: changes the row of the same chat and Telegram message ID, or stores it if
   * no such row exists.
   */
  readonly action: 'store' | 'update';
  readonly type: string;
  readonly text: string | null;
  readonly file_id: string | null;
  readonly telegram_message_id: number | null;
  readonly payload: JsonObject | null;
}
