import type { Message, MessageDirection, Page, PageRequest, Scope } from '../model/index.ts';

export interface MessageFilter {
  readonly user_id?: string | undefined;
  readonly direction?: MessageDirection | undefined;
  readonly type?: string | undefined;
  /** ISO 8601, inclusive. */
  readonly from?: string | undefined;
  /** ISO 8601, exclusive. */
  readonly to?: string | undefined;
}

export interface MessageCounts {
  readonly incoming: number;
  readonly outgoing: number;
  /** Days in UTC, the oldest first. */
  readonly days: readonly { readonly day: string; readonly incoming: number; readonly outgoing: number }[];
  readonly last_activity: string | null;
}

export interface MessageStore {
  /**
   * Returns the newest messages first.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws CURSOR_INVALID - when the cursor is not one of this list
   */
  list(scope: Scope, bot_id: string, filter: MessageFilter, page: PageRequest): Promise<Page<Message>>;
  get(scope: Scope, bot_id: string, id: number): Promise<Message | null>;
  /**
   * Returns the totals of all time and the counts per day, from counters that each batch updates.
   *
   * @param since_day - the first day to return, such as `2026-11-22` (UTC)
   */
  counts(bot_id: string, since_day: string): Promise<MessageCounts>;
}
