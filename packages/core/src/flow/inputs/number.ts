import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import { compileBounds, numberBounds, type Bounded } from './bounds.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';

const fields = {
  ...numberBounds,
  integer: labeled(z.optional(z.boolean()), {
    title: 'Whole numbers only',
    description: 'Of a number: if true, it must be a whole number.',
  }),
};

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
