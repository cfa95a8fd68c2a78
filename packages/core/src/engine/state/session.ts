import type { JsonObject, JsonValue } from '../../model/index.ts';

/** Position of one person in one chat, as it is stored. */
export interface Session {
  /** Version of the current flow, to which the session stays pinned; null when it is in no flow. */
  readonly flow_version_id: number | null;
  /** The current step; null when the session is in no flow. */
  readonly step_id: string | null;
  /** The engine's own data. Storage writes and returns it unread; `readState` reads it. */
  readonly state: JsonObject;
}

/** A session that is in no flow. */
export const IDLE_SESSION: Session = { flow_version_id: null, step_id: null, state: {} };

/** A typed answer to a question, stored as a row. */
export interface AnswerDraft {
  readonly flow_id: string;
  readonly flow_version_id: number;
  readonly step_id: string;
  readonly variable: string;
  readonly value: JsonValue;
}
