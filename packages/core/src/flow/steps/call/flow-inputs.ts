import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { pointer } from '../../pointer.ts';
import { compileValue } from '../../values/compile-value.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { jsonData, variableName } from '../common-fields.ts';

/** A reference of a step to another flow of the bot. */
export const flowReference = labeled(z.string().check(z.minLength(1)), {
  title: 'Flow',
  description: 'Another flow of the bot: its ID, its command with a slash (`/shop`), or its name.',
});

/** Initial variables of another flow. */
export const flowInputs = labeled(z.record(variableName, jsonData), {
  title: 'Inputs',
  description:
    'Initial variables of the other flow, by name. It declares them in its `variables`. ' +
    'Texts are templates; a single placeholder keeps its type.',
});

export type CompiledInputs = readonly (readonly [string, CompiledValue])[];

export function compileInputs(source: z.infer<typeof flowInputs> | undefined, context: CompileContext): CompiledInputs {
  return Object.entries(source ?? {}).map(
    ([name, value]) =>
      [name, compileValue(value, pointer('/inputs', name), context, { limit: FLOW_LIMITS.template })] as const,
  );
}
