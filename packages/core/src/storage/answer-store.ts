import type { Answer, Page, PageRequest, Scope } from '../model/index.ts';

/** Answers of users to questions. Only `UpdateStore.processBatch` writes them. */
export interface AnswerStore {
  /**
   * Returns the newest answers first.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws CURSOR_INVALID - when the cursor is not one of this list
   */
  list(scope: Scope, bot_id: string, filter: AnswerFilter, page: PageRequest): Promise<Page<Answer>>;
}

export interface AnswerFilter {
  readonly user_id?: string | undefined;
  readonly flow_id?: string | undefined;
  readonly step_id?: string | undefined;
  readonly variable?: string | undefined;
  /** ISO 8601, inclusive. */
  readonly from?: string | undefined;
  /** ISO 8601, exclusive. */
  readonly to?: string | undefined;
}
