import type { BotProgram, CompiledStep, CompiledVersion } from '../../flow/index.ts';
import type { SessionState } from './session-state.ts';

/** Version and step of a session. */
export interface CurrentStep {
  readonly version: CompiledVersion;
  readonly step: CompiledStep;
}

/** Returns null when the session is in no flow, or its version or step no longer exists or cannot run. */
export function findCurrentStep(program: BotProgram, { flow_version_id, step_id }: SessionState): CurrentStep | null {
  if (flow_version_id === null || step_id === null) return null;
  const version = program.versions.get(flow_version_id);
  const step = version?.program.steps.get(step_id);
  return version === undefined || step === undefined ? null : { version, step };
}
