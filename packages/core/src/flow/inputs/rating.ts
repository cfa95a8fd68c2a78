import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';

const fields = {
  max: labeled(z.optional(z.int().check(z.gte(2), z.lte(10))), {
    title: 'Best',
    description: 'Of a rating: the highest rating, 2 to 10. Default: 5.',
  }),
  style: labeled(z.optional(z.enum(['stars', 'numbers'])), {
    title: 'Style',
    description: 'Of a rating: `stars` in one column (the default), or `numbers` in one row.',
  }),
};

export interface CompiledRatingInput extends CompiledInputBase<'rating'> {
  readonly max: number;
  readonly style: 'stars' | 'numbers';
}

export const ratingInput = {
  input: 'rating',
  summary: 'a rating',
  fields,
  value: z.int().check(z.gte(1), z.lte(10)),
  compile: ({ max, style }): CompiledRatingInput => ({ input: 'rating', max: max ?? 5, style: style ?? 'stars' }),
} satisfies InputKind<SourceOf<typeof fields>, CompiledRatingInput>;
