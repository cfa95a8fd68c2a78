import type { Effect } from './effect.ts';
import type { AnswerDraft, Session } from './state/session.ts';
import type { TraceEntry } from './trace.ts';

/** What became of an event. */
export interface AdvanceResult {
  /** The same object as was given when nothing about it changed. */
  readonly session: Session;
  /** In the order in which they are to happen; an answer to a callback query is the first. */
  readonly effects: readonly Effect[];
  readonly answers: readonly AnswerDraft[];
  readonly trace: readonly TraceEntry[];
}
