import type { CompiledVersion } from '../../../flow/index.ts';
import type { JsonObject } from '../../../model/index.ts';
import { addTrace, type Run } from '../run.ts';

/** Continues in another flow, with its initial variables. Returns the step to enter. */
export function enterFlow(run: Run, version: CompiledVersion, reason: string, inputs: JsonObject = {}): string {
  run.version = version;
  run.variables = { ...version.program.variables, ...inputs };
  run.scope = null;
  addTrace(run, 'flow_started', null, reason);
  return version.program.initial;
}
