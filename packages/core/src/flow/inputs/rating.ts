import * as z from 'zod';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';

const fields = {
  max: z.number().int().min(2).max(10).optional().meta({ title: 'Best', description: 'Of a rating: the best one, 2 to 10; 5 when left out.' }),
  style: z
    .enum(['stars', 'numbers'])
    .optional()
    .meta({ title: 'Style', description: 'Of a rating: `stars` (the default) below one another, or `numbers` side by side.' }),
};

export interface CompiledRatingInput extends CompiledInputBase<'rating'> {
  readonly max: number;
  readonly style: 'stars' | 'numbers';
}

export const ratingInput = {
  input: 'rating',
  summary: 'a rating',
  fields,
  value: z.number().int().min(1).max(10),
  compile: ({ max, style }): CompiledRatingInput => ({ input: 'rating', max: max ?? 5, style: style ?? 'stars' }),
} satisfies InputKind<SourceOf<typeof fields>, CompiledRatingInput>;
