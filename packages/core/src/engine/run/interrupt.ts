import type { BotProgram, CompiledVersion } from '../../flow/index.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { interruptedOf, type Interrupted } from '../state/interruption.ts';
import type { Session } from '../state/session.ts';
import type { Run } from './run.ts';

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
