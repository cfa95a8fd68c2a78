import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';
import { compileOptions, optionFields, type CompiledOptions } from './options.ts';

const fields = {
  ...optionFields,
  keyboard: labeled(z.optional(z.enum(['inline', 'reply'])), {
    title: 'Keyboard',
    description:
      'Of a choice: `inline` buttons below the message (the default), or a `reply` keyboard instead of ' +
      `the user's own (at most ${FLOW_LIMITS.buttons} options, all on one page).`,
  }),
};

export interface CompiledChoiceInput extends CompiledInputBase<'choice'>, CompiledOptions {
  readonly keyboard: 'inline' | 'reply';
}

export const choiceInput = {
  input: 'choice',
  summary: 'one of several options',
  fields,
  value: z.union([z.string(), z.number(), z.boolean()]),
  compile(source, context): CompiledChoiceInput {
    const { keyboard = 'inline', options = [] } = source;
    if (keyboard === 'reply' && options.length > FLOW_LIMITS.buttons)
      context.report(
        '/options',
        'too_many_buttons',
        `A reply keyboard has at most ${FLOW_LIMITS.buttons} keys`,
        'Use an inline keyboard, which has pages.',
      );
    return { input: 'choice', keyboard, ...compileOptions(source, context) };
  },
} satisfies InputKind<SourceOf<typeof fields>, CompiledChoiceInput>;
