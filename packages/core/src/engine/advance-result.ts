import type { Effect } from './effect.ts';
import type { SessionState } from './state/session-state.ts';
import type { AnswerDraft, Session } from './state/session.ts';
import type { SessionSummary } from './state/summary.ts';
import type { TraceEntry } from './trace.ts';

/** Result of `advance`. */
export interface AdvanceResult extends Omit<EventResult, 'session'> {
  /** The object that was passed in when nothing about it changed. */
  readonly session: Session;
  /** Data of the session for lists. */
  readonly summary: SessionSummary;
}

/** Result of an event handler: the same with the session as the engine works with it. */
export interface EventResult {
  /** The object that was passed in when nothing about it changed. */
  readonly session: SessionState;
  /** In the order in which they are to be performed; an answer to a callback query is first. */
  readonly effects: readonly Effect[];
  readonly answers: readonly AnswerDraft[];
  readonly trace: readonly TraceEntry[];
}
