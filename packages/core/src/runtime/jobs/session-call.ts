import type { EventOf } from '../../engine/index.ts';
import type { IdempotencyRecord, SessionOutcome } from '../batch/pending-input.ts';

/** What the host or an operator does to sessions of one person. */
export interface SessionCall {
  readonly bot_id: string;
  /** Telegram's id of the person. */
  readonly user_id: number;
  /** None: only the record is looked at. */
  readonly places: readonly ChatAddress[];
  readonly event: EventOf<'external' | 'operator' | 'start'>;
  /** How the call is remembered, for two days; null: it is not. */
  readonly record: IdempotencyRecord | null;
}

/** A type of its own and no interface, since it is stored as it is. */
export type ChatAddress = { readonly chat_id: number; readonly chat_type: string; readonly thread_id: number };

export interface CallResult {
  /** How many sessions went on. */
  readonly continued: number;
  /** What it did to each, in the order of the places; empty when it was done before. */
  readonly outcomes: readonly SessionOutcome[];
  /** The call was made before, and this is what came of it then. */
  readonly is_repeated: boolean;
}
