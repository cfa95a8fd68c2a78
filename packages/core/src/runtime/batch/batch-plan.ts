import type { EffectMap, TraceKind } from '../../engine/index.ts';
import type { BatchUser, BatchWrites } from '../../storage/index.ts';
import type { RuntimeEventMap } from '../runtime-events.ts';
import type { SessionOutcome } from './pending-input.ts';
import type { UpdateResult } from './update-result.ts';

/** The decisions for a batch: the writes, and the notifications after the commit. */
export interface BatchPlan {
  readonly writes: BatchWrites;
  /** By index of the inputs. */
  readonly results: readonly UpdateResult[];
  /** Results of jobs per session, by index of the inputs. */
  readonly outcomes: ReadonlyMap<number, readonly SessionOutcome[]>;
  readonly callback_answers: readonly CallbackAnswer[];
  readonly new_users: readonly BatchUser[];
  /** Sessions that were handed over to an operator. */
  readonly handovers: readonly RuntimeEventMap['session.handed_over'][];
  /** Steps that users have entered; empty without a listener. */
  readonly enteredSteps: readonly RuntimeEventMap['step.entered'][];
  /** Failures of flows, for the log. */
  readonly flowFailures: readonly FlowFailure[];
  /** Messages to other chats than those of the sessions: indexes in `writes.messages`. */
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
  /** True if the flow continues with an error branch. */
  readonly is_handled: boolean;
}
