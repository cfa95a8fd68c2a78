import * as z from 'zod/mini';
import { compileBounds, numberBounds, type Bounded } from './bounds.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';

export interface CompiledIntegerInput extends CompiledInputBase<'integer'>, Bounded {}

export const integerInput = {
  input: 'integer',
  summary: 'a whole number',
  fields: numberBounds,
  value: z.int(),
  compile: (source, context): CompiledIntegerInput => ({ input: 'integer', ...compileBounds(source, true, context) }),
} satisfies InputKind<SourceOf<typeof numberBounds>, CompiledIntegerInput>;
