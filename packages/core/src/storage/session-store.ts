import type { Session } from '../engine/index.ts';
import type { Page, PageRequest, Scope, SessionRecord, WaitReasonName } from '../model/index.ts';
import type { SessionKey } from './update-batch.ts';

export interface SessionFilter {
  readonly user_id?: string | undefined;
  /** `person` selects the sessions that wait for the user only. */
  readonly wait_reason?: WaitReasonName | undefined;
}

export interface SessionStore {
  /**
   * Returns the last committed session, for the runtime. Nothing is locked, so it may change immediately afterwards.
   * Null if there is no session.
   */
  find(key: SessionKey): Promise<Session | null>;
  /**
   * Returns a session, also one that is in no flow. Null if there is none, or the scope has no such bot.
   */
  get(scope: Scope, bot_id: string, key: Omit<SessionKey, 'bot_id'>): Promise<SessionRecord | null>;
  /**
   * Returns the sessions that are in a flow, ordered by chat, topic and user. A page may contain fewer items than its
   * limit, or none, and still have a next page.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws CURSOR_INVALID - when the cursor is not one of this list
   */
  list(scope: Scope, bot_id: string, filter: SessionFilter, page: PageRequest): Promise<Page<SessionRecord>>;
}
