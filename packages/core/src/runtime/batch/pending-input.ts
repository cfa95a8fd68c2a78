import type { EngineEvent, Session, TraceEntry } from '../../engine/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { SessionKey } from '../../storage/index.ts';
import type { ParsedUpdate } from '../../telegram/index.ts';
import type { UpdateResult } from './update-result.ts';

/** Something that waits to be committed, and who waits for it. */
export interface PendingInput {
  readonly bot_id: string;
  readonly source: InputSource;
  readonly bytes: number;
  /** Monotonic milliseconds. */
  readonly arrived_at: number;
  /** `outcomes`: of a job, what it did to each session. */
  readonly resolve: (result: UpdateResult, outcomes: readonly SessionOutcome[]) => void;
  readonly reject: (error: Error) => void;
}

/** Where it comes from: Telegram, or a job whose work is done. Both go the same way. */
export type InputSource =
  | { readonly kind: 'update'; readonly update: JsonObject; readonly parsed: ParsedUpdate }
  /** `places` are sessions of one person; there is one at least. `record`: how the call is remembered that the job came from. */
  | {
      readonly kind: 'job';
      readonly job_id: number;
      readonly places: readonly SessionAddress[];
      readonly event: EngineEvent;
      readonly record: IdempotencyRecord | null;
    };

/** Whose session a job is about; what it stores so that its result finds back. */
export interface SessionAddress {
  readonly key: SessionKey;
  /** As Telegram names the types of chat. */
  readonly chat_type: string;
}

/** What an event has done to a session, as it was committed. */
export interface SessionOutcome {
  readonly place: SessionAddress;
  readonly session: Session;
  readonly trace: readonly TraceEntry[];
}

/** A call that its caller has named, so that it counts once however often it is made. */
export type IdempotencyRecord = {
  /** Unique among all jobs. */
  readonly key: string;
  /** Tells whether a call of the same name is the same call. */
  readonly fingerprint: string;
};
