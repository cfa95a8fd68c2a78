import type { BotUser, Page, PageRequest, Scope } from '../model/index.ts';

export interface UserFilter {
  /**
   * The beginning of the username, first name or last name. Case is ignored; `%` and `_` are ordinary characters.
   */
  readonly search?: string | undefined;
  readonly is_blocked?: boolean | undefined;
  /** Only users that have this tag. */
  readonly tag?: string | undefined;
}

export interface UserStore {
  get(scope: Scope, bot_id: string, id: string): Promise<BotUser | null>;
  /**
   * Returns the users that were active last first. With a tag, the order is that of their IDs, which does not change
   * while the list is read.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws CURSOR_INVALID - when the cursor is not one of this list
   */
  list(scope: Scope, bot_id: string, filter: UserFilter, page: PageRequest): Promise<Page<BotUser>>;
  /**
   * Replaces the tags and attributes of a user.
   *
   * @param updateUser - receives the user, whose row is locked, and returns all tags and attributes to store. If it
   *   throws, nothing is changed and the error is passed on.
   * @throws USER_NOT_FOUND - when the scope has no such bot, or the bot has no such user
   */
  change(
    scope: Scope,
    bot_id: string,
    id: string,
    updateUser: (user: BotUser) => Pick<BotUser, 'tags' | 'attributes'>,
  ): Promise<BotUser>;
  /**
   * Returns users that have not blocked the bot, in the order of their Telegram IDs, which does not change while the
   * list is read. For the runtime.
   *
   * @param after - the last `chat_id` of the previous page; null for the first page
   */
  listReachable(bot_id: string, after: number | null, limit: number): Promise<readonly { readonly chat_id: number }[]>;
  /**
   * Counts the users that were active at or after a time.
   *
   * @param since - milliseconds
   */
  countActive(bot_id: string, since: number): Promise<number>;
}
