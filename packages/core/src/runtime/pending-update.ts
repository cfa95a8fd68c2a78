import type { ParsedUpdate } from '../telegram/index.ts';
import type { JsonObject } from '../model/index.ts';
import type { UpdateResult } from './runtime.ts';

/** An update that waits to be committed, and who waits for it. */
export interface PendingUpdate {
  readonly bot_id: string;
  readonly update: JsonObject;
  readonly parsed: ParsedUpdate;
  readonly bytes: number;
  /** Monotonic milliseconds. */
  readonly arrived_at: number;
  readonly resolve: (result: UpdateResult) => void;
  readonly reject: (error: Error) => void;
}
