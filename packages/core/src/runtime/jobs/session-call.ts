import type { EventOf } from '../../engine/index.ts';
import type { IdempotencyRecord, SessionOutcome } from '../batch/pending-input.ts';

/** A call of the host or of an operator for sessions of one user. */
export interface SessionCall {
  readonly bot_id: string;
  /** Telegram ID of the user. */
  readonly user_id: number;
  /** The sessions. If empty, only the idempotency record is checked. */
  readonly places: readonly ChatAddress[];
  readonly event: EventOf<'external' | 'operator' | 'start'>;
  /** Idempotency record of the call, stored for two days; null for none. */
  readonly record: IdempotencyRecord | null;
}

/** A type, not an interface, because it is stored as JSON. */
export type ChatAddress = { readonly chat_id: number; readonly chat_type: string; readonly thread_id: number };

export interface CallResult {
  /** Number of sessions that continued. */
  readonly continued: number;
  /** Result per session, in the order of the places; empty for a repeated call. */
  readonly outcomes: readonly SessionOutcome[];
  /** True if the call was made before; the result is the one of the first call. */
  readonly is_repeated: boolean;
}
