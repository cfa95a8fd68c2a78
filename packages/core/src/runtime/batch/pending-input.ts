import type { EngineEvent, Session, TraceEntry } from '../../engine/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { SessionKey } from '../../storage/index.ts';
import type { ParsedUpdate } from '../../telegram/index.ts';
import type { UpdateResult } from './update-result.ts';

/** An input that waits to be committed, and the callbacks of its caller. */
export interface PendingInput {
  readonly bot_id: string;
  readonly source: InputSource;
  readonly bytes: number;
  /** Monotonic milliseconds. */
  readonly arrived_at: number;
  /** `outcomes`: for a job, its result per session. */
  readonly resolve: (result: UpdateResult, outcomes: readonly SessionOutcome[]) => void;
  readonly reject: (error: Error) => void;
}

/** Origin of an input: Telegram, or a job that has finished its work. Both are processed in the same way. */
export type InputSource =
  | { readonly kind: 'update'; readonly update: JsonObject; readonly parsed: ParsedUpdate }
  /**
   * `places`: sessions of one user, at least one. `record`: the idempotency record of the call that created the job.
   */
  | {
      readonly kind: 'job';
      readonly job_id: number;
      readonly places: readonly SessionAddress[];
      readonly event: EngineEvent;
      readonly record: IdempotencyRecord | null;
    };

/** The session of a job. It is stored with the job, so that the result finds its session. */
export interface SessionAddress {
  readonly key: SessionKey;
  /** Type of the chat, as named by Telegram. */
  readonly chat_type: string;
}

/** Result of an event in a session, as committed. */
export interface SessionOutcome {
  readonly place: SessionAddress;
  readonly session: Session;
  readonly trace: readonly TraceEntry[];
}

/** Record of a call with an ID from its caller, so that it takes effect once however often it is repeated. */
export type IdempotencyRecord = {
  /** Unique among all jobs. */
  readonly key: string;
  /** Hash of the content: distinguishes a repeated call from another call with the same ID. */
  readonly fingerprint: string;
};
