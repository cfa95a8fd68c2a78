import type { CompiledStepMap, StepType } from '../../flow/index.ts';
import type { EventOf } from '../event.ts';
import type { Run } from '../run/run.ts';

/** The walk stops here until something happens. */
export const WAIT: unique symbol = Symbol('wait');

/** Where the walk goes from a step: to the step of an id, to the flow's end (null), or nowhere yet. */
export type Move = string | null | typeof WAIT;

/** What a step says of a message that is not for it: it goes to the default flow. */
export const PASS: unique symbol = Symbol('pass');

/** Where a pressed button leads; `stay` leaves the session alone. */
export type Press =
  | { readonly kind: 'stay' }
  /** Of a step that the session stands at: as if a message had come. */
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'go'; readonly to: string | null }
  | { readonly kind: 'start'; readonly flow: string }
  | { readonly kind: 'stale' };

/** What a kind of step does. Effects, answers and variables go into the run. */
export interface StepBehaviour<Type extends StepType = StepType> {
  /** The walk has come to the step. A step that waits does the same again when it is shown anew. */
  enter(step: CompiledStepMap[Type], run: Run): Move;
  /** The step is shown again, to a session that stands at it. Absent: as when it is entered. */
  show?(step: CompiledStepMap[Type], run: Run): Move;
  /** A message came while the session stands at the step. Absent: the kind does not wait for messages. */
  receive?(step: CompiledStepMap[Type], run: Run, event: EventOf<'message'>): Move | typeof PASS;
  /** A button of the step was pressed, wherever the session stands; the kind answers the query. Absent: the kind has no buttons. */
  press?(
    step: CompiledStepMap[Type],
    button: number,
    run: Run,
    event: EventOf<'callback'>,
    detail: string | null,
  ): Press;
  /** A timer of this visit of the step went off. Absent: the kind sets none. */
  timer?(step: CompiledStepMap[Type], run: Run, event: EventOf<'timer'>): Move;
  /** The result came of what this visit of the step asked for. Absent: the kind asks for nothing. */
  result?(step: CompiledStepMap[Type], run: Run, event: EventOf<'result'>): Move;
  /** Something happened outside. Absent: the kind waits for no events; `WAIT`: not for this one. */
  external?(step: CompiledStepMap[Type], run: Run, event: EventOf<'external'>): Move;
  /** What this visit of the step asks for was paid. Absent: the kind asks for no payment. */
  payment?(step: CompiledStepMap[Type], run: Run, event: EventOf<'payment'>): Move;
  /** While the session stands at the step it is a human's: what the person sends and presses is not answered. Absent: the kind hands nothing over. */
  handsOver?(step: CompiledStepMap[Type]): { readonly allows_commands: boolean };
  /** The human gives the session back. Present where `handsOver` is. */
  giveBack?(step: CompiledStepMap[Type], run: Run): Move;
}
