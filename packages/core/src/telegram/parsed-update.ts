import type { EngineEvent } from '../engine/event.ts';
import type { JsonObject } from '../model/index.ts';

/** An update taken apart: what is to be stored and what the engine is told. Made by `parseUpdate`, which is pure. */
export interface ParsedUpdate {
  readonly update_id: number;
  /** `message`, `callback_query`, …; `unknown` for a kind nobody knows. */
  readonly kind: string;
  readonly user: UpdateUser | null;
  /** The chat it happened in, or for a request to join the one with the person; null for a poll, a subscription and the like. */
  readonly chat: { readonly id: number; readonly type: string; readonly thread_id: number } | null;
  readonly log: LogEntry | null;
  readonly event: EngineEvent | null;
  /** What it says about the person being reachable: `my_chat_member` in a private chat. */
  readonly reachability: 'blocked' | 'unblocked' | null;
  /** A group that became a supergroup: queued sends follow it. */
  readonly migrated: { readonly from_chat_id: number; readonly to_chat_id: number } | null;
}

/** The person as the update names them; strings are cleaned (no U+0000, no lone surrogates). */
export interface UpdateUser {
  readonly chat_id: number;
  readonly username: string | null;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly language: string | null;
  /** Only set by a contact that the person shared of themself. */
  readonly phone: string | null;
}

export interface LogEntry {
  /** `store` a new incoming row, or `update` the row of the same chat and Telegram message id (stored anew when there is none). */
  readonly action: 'store' | 'update';
  readonly type: string;
  readonly text: string | null;
  readonly file_id: string | null;
  readonly telegram_message_id: number | null;
  readonly payload: JsonObject | null;
}
