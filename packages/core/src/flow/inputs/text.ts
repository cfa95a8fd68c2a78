import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';
import type { Pattern } from '../pattern/compile-pattern.ts';
import { collectField } from './collect.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';

const length = z.int().check(z.gte(1), z.lte(FLOW_LIMITS.text));

const fields = {
  min_length: labeled(z.optional(length), {
    title: 'Minimum length',
    description: 'Of a text: the minimum number of characters.',
  }),
  max_length: labeled(z.optional(length), {
    title: 'Maximum length',
    description: 'Of a text: the maximum number of characters.',
  }),
  pattern: labeled(z.optional(z.string().check(z.minLength(1))), {
    title: 'Pattern',
    description:
      'Of a text: a regular expression (RE2) that must match a part of it; `^` and `$` match the ends. ' +
      'Describe the expected format in `retry`.',
  }),
  collect: collectField,
};

export interface CompiledTextInput extends CompiledInputBase<'text'> {
  readonly min_length: number | null;
  readonly max_length: number | null;
  readonly pattern: Pattern | null;
}

export const textInput = {
  input: 'text',
  summary: 'a text',
  fields,
  value: z.string(),
  compile(source, context): CompiledTextInput {
    const { min_length, max_length, pattern } = source;
    if (min_length !== undefined && max_length !== undefined && min_length > max_length)
      context.report(
        '/min_length',
        'min_over_max',
        `The minimum length ${min_length} is greater than the maximum length ${max_length}`,
      );
    return {
      input: 'text',
      min_length: min_length ?? null,
      max_length: max_length ?? null,
      pattern: pattern === undefined ? null : context.pattern(pattern, '/pattern'),
    };
  },
} satisfies InputKind<SourceOf<typeof fields>, CompiledTextInput>;
