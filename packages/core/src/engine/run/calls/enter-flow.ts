import type { CompiledVersion } from '../../../flow/index.ts';
import type { JsonObject } from '../../../model/index.ts';
import { note, type Run } from '../run.ts';

/** The walk goes on in another flow, with the variables that this one begins with; gives the step to go to. */
export function enterFlow(run: Run, version: CompiledVersion, reason: string, inputs: JsonObject = {}): string {
  run.version = version;
  run.variables = { ...version.program.variables, ...inputs };
  run.scope = null;
  note(run, 'flow_started', null, reason);
  return version.program.initial;
}
