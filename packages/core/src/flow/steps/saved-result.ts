import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { parsePath } from '../values/placeholder-path.ts';
import { variableName } from './common-fields.ts';

/** Fields that store the result of a step in variables. */
export const savedResultFields = {
  save_to: labeled(z.optional(variableName), {
    title: 'Save to',
    description: 'The variable that receives the whole result.',
  }),
  save: labeled(z.optional(z.record(variableName, z.string().check(z.minLength(1), z.maxLength(256)))), {
    title: 'Save',
    description:
      'Variables, each with the path of the part of the result that it receives: ' +
      '`{"town": "address.city", "first": "items.0"}`.',
  }),
};

export interface SavedResult {
  readonly whole: string | null;
  readonly parts: readonly { readonly variable: string; readonly path: readonly string[] }[];
}

export function compileSavedResult(
  source: { readonly save_to?: string | undefined; readonly save?: Readonly<Record<string, string>> | undefined },
  context: CompileContext,
): SavedResult {
  const parts = Object.entries(source.save ?? {}).map(([variable, written]) => {
    // The path begins with a member of the result, but a path for `parsePath` begins with a variable.
    const path = parsePath(`result.${written}`);
    if (path === null)
      context.report(
        `/save/${variable}`,
        'wrong_format',
        `${JSON.stringify(written.slice(0, FLOW_LIMITS.name))} is not a valid path`,
        'Use a path such as "address.city" or "items.0.name".',
      );
    return { variable: context.declareVariable(variable, `/save/${variable}`), path: path?.slice(1) ?? [] };
  });
  return { whole: source.save_to === undefined ? null : context.declareVariable(source.save_to, '/save_to'), parts };
}
