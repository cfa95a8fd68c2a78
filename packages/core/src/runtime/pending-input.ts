import type { EngineEvent } from '../engine/index.ts';
import type { JsonObject } from '../model/index.ts';
import type { SessionKey } from '../storage/index.ts';
import type { ParsedUpdate } from '../telegram/index.ts';
import type { UpdateResult } from './runtime.ts';

/** Something that waits to be committed, and who waits for it. */
export interface PendingInput {
  readonly bot_id: string;
  readonly source: InputSource;
  readonly bytes: number;
  /** Monotonic milliseconds. */
  readonly arrived_at: number;
  readonly resolve: (result: UpdateResult) => void;
  readonly reject: (error: Error) => void;
}

/** Where it comes from: Telegram, or a job whose work is done. Both go the same way. */
export type InputSource =
  | { readonly kind: 'update'; readonly update: JsonObject; readonly parsed: ParsedUpdate }
  | { readonly kind: 'job'; readonly job_id: number; readonly place: SessionPlace; readonly event: EngineEvent };

/** Whose session a job is about; what it stores so that its result finds back. */
export interface SessionPlace {
  readonly key: SessionKey;
  /** As Telegram names the types of chat. */
  readonly chat_type: string;
}
