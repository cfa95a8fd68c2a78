import type { EffectMap, TraceKind } from '../../engine/index.ts';
import type { BatchUser, BatchWrites } from '../../storage/index.ts';
import type { RuntimeEventMap } from '../runtime-events.ts';
import type { SessionOutcome } from './pending-input.ts';
import type { UpdateResult } from './update-result.ts';

/** What is decided of a batch: what is written, and what is told after the commit. */
export interface BatchPlan {
  readonly writes: BatchWrites;
  /** By index of the updates. */
  readonly results: readonly UpdateResult[];
  /** What jobs did to sessions, by index as well. */
  readonly outcomes: ReadonlyMap<number, readonly SessionOutcome[]>;
  readonly callback_answers: readonly CallbackAnswer[];
  readonly new_users: readonly BatchUser[];
  /** Sessions that are a human's now. */
  readonly handovers: readonly RuntimeEventMap['session.handed_over'][];
  /** Steps that people came to, if somebody listens. */
  readonly enteredSteps: readonly RuntimeEventMap['step.entered'][];
  /** What went wrong in flows, for whoever makes them. */
  readonly flowFailures: readonly FlowFailure[];
  /** Messages to other chats than those of the sessions: indexes of `writes.messages`. */
  readonly notificationIndexes: readonly number[];
}

export interface CallbackAnswer {
  readonly bot_id: string;
  readonly answer: EffectMap['answer_callback'];
}

export interface FlowFailure {
  readonly bot_id: string;
  readonly flow_id: string | null;
  readonly step_id: string | null;
  readonly kind: TraceKind;
  readonly detail: string | null;
  /** An error branch takes care of it: its flow goes on. */
  readonly is_handled: boolean;
}
