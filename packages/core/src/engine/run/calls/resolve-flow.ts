import { findFlow, type CompiledInputs, type CompiledVersion } from '../../../flow/index.ts';
import type { JsonObject } from '../../../model/index.ts';
import { evaluate } from '../../values/evaluate.ts';
import { addTrace, type Run } from '../run.ts';

/**
 * Returns the flow that a step leads to and the variables passed to it, before anything changes.
 *
 * @throws Error - when the bot has no such flow
 */
export function resolveFlow(
  reference: string,
  inputs: CompiledInputs,
  run: Run,
): { readonly version: CompiledVersion; readonly inputs: JsonObject } {
  const version = findFlow(run.program, reference);
  if (version === null) {
    addTrace(run, 'flow_missing', null, reference);
    throw new Error(`the bot has no flow "${reference}"`);
  }
  return { version, inputs: Object.fromEntries(inputs.map(([name, value]) => [name, evaluate(value, run) ?? null])) };
}
