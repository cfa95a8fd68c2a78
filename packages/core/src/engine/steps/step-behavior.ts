import type { CompiledStepMap, StepType } from '../../flow/index.ts';
import type { EventOf } from '../event.ts';
import type { Run } from '../run/run.ts';

/** The run stops here until the next event. */
export const WAIT: unique symbol = Symbol('wait');

/** The step at which a run continues: the step with this id, the end of the flow (null), or nowhere yet. */
export type Transition = string | null | typeof WAIT;

/** Returned by a step that does not handle a message: the message goes to triggers and the default flow. */
export const NOT_HANDLED: unique symbol = Symbol('pass');

/** Effect of a button press; `stay` leaves the session alone. */
export type PressResult =
  | { readonly kind: 'stay' }
  /** Of the step that the session is at: as if a message had arrived. */
  | { readonly kind: 'move'; readonly transition: Transition }
  | { readonly kind: 'go'; readonly to: string | null }
  | { readonly kind: 'start'; readonly flow: string }
  | { readonly kind: 'stale' };

/** Behavior of a kind of step. Effects, answers and variables go into the run. */
export interface StepBehavior<Type extends StepType = StepType> {
  /** The run enters the step. A waiting step does the same when it is shown again. */
  enter(step: CompiledStepMap[Type], run: Run): Transition;
  /** Shows the step again to a session that is at it. Absent: same as `enter`. */
  show?(step: CompiledStepMap[Type], run: Run): Transition;
  /** Handles a message for a session that is at the step. Absent: the kind does not wait for messages. */
  receive?(step: CompiledStepMap[Type], run: Run, event: EventOf<'message'>): Transition | typeof NOT_HANDLED;
  /**
   * Handles a press of one of the step's buttons, wherever the session is, and answers the query. Absent: the kind has
   * no buttons.
   */
  press?(
    step: CompiledStepMap[Type],
    button: number,
    run: Run,
    event: EventOf<'callback'>,
    detail: string | null,
  ): PressResult;
  /** Handles a timer of this visit. Absent: the kind sets none. */
  timer?(step: CompiledStepMap[Type], run: Run, event: EventOf<'timer'>): Transition;
  /** Handles the result of work requested by this visit. Absent: the kind requests none. */
  result?(step: CompiledStepMap[Type], run: Run, event: EventOf<'result'>): Transition;
  /** Handles an event of the host. Absent: the kind waits for no events; `WAIT`: not for this one. */
  external?(step: CompiledStepMap[Type], run: Run, event: EventOf<'external'>): Transition;
  /** Handles the payment requested by this visit. Absent: the kind requests none. */
  payment?(step: CompiledStepMap[Type], run: Run, event: EventOf<'payment'>): Transition;
  /**
   * While the session is at the step, an operator has it: messages and presses are not answered. Absent: the kind hands
   * nothing over.
   */
  handover?(step: CompiledStepMap[Type]): { readonly allows_commands: boolean };
  /** The operator releases the session. Present where `handsOver` is. */
  giveBack?(step: CompiledStepMap[Type], run: Run): Transition;
}
