import type { Answer, Page, PageRequest, Scope } from '../model/index.ts';

/** Answers are written by `UpdateStore.processBatch` alone. */
export interface AnswerStore {
  /** Newest first. Raises BOT_NOT_FOUND, CURSOR_INVALID. */
  list(scope: Scope, bot_id: string, filter: AnswerFilter, page: PageRequest): Promise<Page<Answer>>;
}

export interface AnswerFilter {
  readonly user_id?: string | undefined;
  readonly flow_id?: string | undefined;
  readonly step_id?: string | undefined;
  readonly variable?: string | undefined;
  /** ISO-8601; from inclusive, to exclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
