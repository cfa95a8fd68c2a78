import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { templateText } from '../steps/common-fields.ts';
import type { Template } from '../template/template.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';
import { compileOptions, optionFields, type CompiledOptions } from './options.ts';

const count = z.int().check(z.gte(0), z.lte(FLOW_LIMITS.options));

const fields = {
  ...optionFields,
  min: labeled(z.optional(count), {
    title: 'Minimum',
    description: 'Of a multiple choice: minimum number of options. Default: 1.',
  }),
  max: labeled(z.optional(count.check(z.gte(1))), {
    title: 'Maximum',
    description: 'Of a multiple choice: maximum number of options.',
  }),
  done: labeled(z.optional(templateText), {
    title: 'Done',
    description: 'Of a multiple choice: label of the button that finishes the choice. Default: "Done". A template.',
  }),
};

export interface CompiledMultipleChoiceInput extends CompiledInputBase<'multiple_choice'>, CompiledOptions {
  readonly min: number;
  readonly max: number | null;
  readonly done: Template;
}

export const multipleChoiceInput = {
  input: 'multiple_choice',
  summary: 'any of several options',
  fields,
  value: z.array(z.union([z.string(), z.number(), z.boolean()])),
  compile(source, context): CompiledMultipleChoiceInput {
    const { min = 1, max = null, options } = source;
    if (max !== null && min > max)
      context.report('/min', 'min_over_max', `The minimum ${min} is greater than the maximum ${max}`);
    else if (options !== undefined && min > options.length)
      context.report(
        '/min',
        'min_over_max',
        `At least ${min} options must be chosen, but there are only ${options.length}`,
      );
    return {
      input: 'multiple_choice',
      min,
      max,
      done: context.template(source.done ?? 'Done', '/done'),
      ...compileOptions(source, context),
    };
  },
} satisfies InputKind<SourceOf<typeof fields>, CompiledMultipleChoiceInput>;
