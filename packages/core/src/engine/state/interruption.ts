import type { BotProgram, CompiledVersion } from '../../flow/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import { findCurrentStep } from './current-step.ts';
import type { Session } from './session.ts';

/**
 * A session that was interrupted, as it was then; plain data. There is one at the most: what interrupts an interruption leaves it as it is,
 * so that people cannot pile them up.
 */
export type Interrupted = { readonly flow_version_id: number; readonly step_id: string; readonly state: JsonObject };

/** What waits for the flow of this session to end. The object in the state itself, so that it can be compared. */
export function interruptedOf({ state: { interrupted } }: Session): Interrupted | null {
  if (
    !isObject(interrupted) ||
    typeof interrupted.flow_version_id !== 'number' ||
    typeof interrupted.step_id !== 'string'
  )
    return null;
  // Written by `interruptedState`: a session.
  return interrupted as unknown as Interrupted;
}

/** What of it goes into a session's state. */
export function interruptedState(interrupted: Interrupted | null): JsonObject {
  return interrupted === null ? {} : { interrupted };
}

/** A trigger's flow begins: what the person was in comes back afterwards, if the flow wants that. */
export function interrupt(run: Run, program: BotProgram, session: Session): void {
  run.interrupted =
    run.version.program.interrupted === 'come_back'
      ? (interruptedOf(session) ?? snapshot(program, session, run.version))
      : null;
}

/** A flow that starts anew does not interrupt itself. */
function snapshot(program: BotProgram, session: Session, version: CompiledVersion): Interrupted | null {
  const standing = findCurrentStep(program, session);
  if (standing === null || standing.version.flow_id === version.flow_id) return null;
  const { told: _told, ...state } = session.state;
  return { flow_version_id: standing.version.id, step_id: standing.step.id, state };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
