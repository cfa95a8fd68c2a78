import type { BotProgram, CompiledStep, CompiledVersion } from '../../flow/index.ts';
import type { Session } from './session.ts';

/** Where a session stands, looked up. */
export interface CurrentStep {
  readonly version: CompiledVersion;
  readonly step: CompiledStep;
}

/** Null when the session is in no flow, or its version or step does not exist any more (or cannot run). */
export function findCurrentStep(program: BotProgram, session: Session): CurrentStep | null {
  if (session.flow_version_id === null || session.step_id === null) return null;
  const version = program.versions.get(session.flow_version_id);
  const step = version?.program.steps.get(session.step_id);
  return version === undefined || step === undefined ? null : { version, step };
}
