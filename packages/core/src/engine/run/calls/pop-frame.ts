import type { CompiledStep } from '../../../flow/index.ts';
import { NO_STACK } from '../../state/session-state.ts';
import { addTrace, type Run } from '../run.ts';

/** Returns to the flow that called this one, at the step that did. Null: no flow did, or it was deleted. */
export function popFrame(run: Run): CompiledStep | null {
  const { frames } = run.stack;
  const frame = frames.at(-1);
  if (frame === undefined) return null;
  const version = run.program.versions.get(frame.flow_version_id);
  const step = version?.program.steps.get(frame.step_id);
  if (version === undefined || step === undefined) {
    // There is nothing to return to.
    addTrace(run, 'version_gone', frame.step_id);
    run.stack = NO_STACK;
    return null;
  }
  run.stack = { rounds: frame.rounds, frames: frames.slice(0, -1) };
  run.version = version;
  run.variables = frame.variables;
  run.scope = null;
  return step;
}
