import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';

export const numberBounds = {
  min: labeled(z.optional(z.number()), { title: 'Minimum', description: 'Of a number: the minimum.' }),
  max: labeled(z.optional(z.number()), { title: 'Maximum', description: 'Of a number: the maximum.' }),
};

export interface Bounded {
  readonly min: number | null;
  readonly max: number | null;
}

/** Compiles the bounds of a number. Reports bounds that no number satisfies. */
export function compileBounds(
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  whole: boolean,
  context: CompileContext,
): Bounded {
  if (min !== undefined && max !== undefined) {
    if (min > max) context.report('/min', 'min_over_max', `The minimum ${min} is greater than the maximum ${max}`);
    else if (whole && Math.ceil(min) > Math.floor(max))
      context.report('/min', 'min_over_max', `There is no whole number from ${min} to ${max}`);
  }
  return { min: min ?? null, max: max ?? null };
}
