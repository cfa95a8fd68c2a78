import * as z from 'zod';
import type { CompileContext } from '../compile-context.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';

const bounds = {
  min: z.number().optional().meta({ title: 'Least', description: 'Of a number: the least that is taken.' }),
  max: z.number().optional().meta({ title: 'Most', description: 'Of a number: the greatest that is taken.' }),
};

const fields = {
  ...bounds,
  integer: z.boolean().optional().meta({ title: 'Whole numbers only', description: 'Whether a number must be whole.' }),
};

interface Bounded {
  readonly min: number | null;
  readonly max: number | null;
}

export interface CompiledNumberInput extends CompiledInputBase<'number'>, Bounded {
  readonly integer: boolean;
}

export const numberInput = {
  input: 'number',
  summary: 'a number',
  fields,
  value: z.number(),
  compile: (source, context): CompiledNumberInput => ({
    input: 'number',
    integer: source.integer ?? false,
    ...compileBounds(source, source.integer ?? false, context),
  }),
} satisfies InputKind<SourceOf<typeof fields>, CompiledNumberInput>;

export interface CompiledIntegerInput extends CompiledInputBase<'integer'>, Bounded {}

export const integerInput = {
  input: 'integer',
  summary: 'a whole number',
  fields: bounds,
  value: z.number().int(),
  compile: (source, context): CompiledIntegerInput => ({ input: 'integer', ...compileBounds(source, true, context) }),
} satisfies InputKind<SourceOf<typeof bounds>, CompiledIntegerInput>;

function compileBounds({ min, max }: SourceOf<typeof bounds>, whole: boolean, context: CompileContext): Bounded {
  if (min !== undefined && max !== undefined) {
    if (min > max) context.report('/min', 'min_over_max', `No number is at least ${min} and at most ${max}`);
    else if (whole && Math.ceil(min) > Math.floor(max)) context.report('/min', 'min_over_max', `There is no whole number from ${min} to ${max}`);
  }
  return { min: min ?? null, max: max ?? null };
}
