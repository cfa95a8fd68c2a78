import type { JsonObject, JsonValue } from '../../model/index.ts';

/** Where one person stands in one chat, as the engine sees it. */
export interface Session {
  /** The version of the flow it is in, to which it stays pinned; null when it is in none. */
  readonly flow_version_id: number | null;
  /** The step it waits at; null when it is in no flow. */
  readonly step_id: string | null;
  /** The engine's own: variables, tries, … Storage keeps it as it is. */
  readonly state: JsonObject;
}

/** A session that is in no flow. */
export const IDLE_SESSION: Session = { flow_version_id: null, step_id: null, state: {} };

/** A typed answer to a question, kept as a row. */
export interface AnswerDraft {
  readonly flow_id: string;
  readonly flow_version_id: number;
  readonly step_id: string;
  readonly variable: string;
  readonly value: JsonValue;
}
