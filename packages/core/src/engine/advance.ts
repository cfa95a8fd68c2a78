import type { BotProgram } from '../flow/index.ts';
import type { Effect } from './effect.ts';
import type { Env } from './env.ts';
import type { EngineEvent } from './event.ts';
import type { AnswerDraft, Session } from './session.ts';

export interface Advance {
  readonly session: Session;
  readonly effects: readonly Effect[];
  readonly answers: readonly AnswerDraft[];
  readonly trace: readonly TraceEntry[];
}

/** One thing that happened, for debuggers and transcripts. */
export interface TraceEntry {
  readonly kind: string;
  readonly step_id: string | null;
  readonly detail: string | null;
}

export declare function advance(program: BotProgram, session: Session, event: EngineEvent, env: Env): Advance;

/** The versions that `advance` will look up for this session and event; the caller loads those that the program lacks. */
export declare function versionsNeeded(session: Session, event: EngineEvent): readonly number[];
