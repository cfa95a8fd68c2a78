import * as z from 'zod';
import { FLOW_LIMITS } from '../../limits.ts';
import type { CompileContext } from '../../compile-context.ts';
import type { Template } from '../../template/template.ts';
import { nextStep, stepId, templateText } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

/** What a question takes. A new input is a member here, and the table of readers does not compile until it reads it. */
export const questionInput = z.enum(['text', 'number']);
export type QuestionInput = z.infer<typeof questionInput>;

const schema = z
  .strictObject({
    id: stepId,
    type: z.literal('question'),
    text: templateText.meta({ title: 'Text', description: 'What the bot asks. A template.' }),
    variable: z
      .string()
      .max(FLOW_LIMITS.name)
      .regex(/^[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u)
      .optional()
      .meta({ title: 'Variable', description: "The name under which the answer is kept; the step's id when left out." }),
    input: questionInput.optional().meta({ title: 'Input', description: 'What is taken as an answer: `text` (the default) or `number`.' }),
    min: z.number().optional().meta({ title: 'Least', description: 'The least number that is taken.' }),
    max: z.number().optional().meta({ title: 'Most', description: 'The greatest number that is taken.' }),
    integer: z.boolean().optional().meta({ title: 'Whole numbers only', description: 'Whether a number must be whole.' }),
    retry: templateText.optional().meta({
      title: 'Retry text',
      description: 'What the bot says when the answer cannot be taken; it then goes on waiting. A template.',
    }),
    next: nextStep,
  })
  .meta({ title: 'Question', description: 'Asks something and waits for the answer.' });

export type QuestionSource = z.infer<typeof schema>;

export interface CompiledQuestion extends CompiledBase<'question'> {
  readonly text: Template;
  readonly variable: string;
  readonly input: QuestionInput;
  readonly min: number | null;
  readonly max: number | null;
  readonly integer: boolean;
  /** Null: the engine's own words. */
  readonly retry: Template | null;
  readonly next: string | null;
}

export const questionStep = {
  type: 'question',
  summary: 'Asks something and waits for the answer.',
  schema,
  compile(source, context): CompiledQuestion {
    checkBounds(source, context);
    context.waits();
    return {
      kind: 'question',
      id: source.id,
      index: context.index,
      text: context.template(source.text, '/text'),
      variable: source.variable === undefined ? context.sets(source.id, '/id') : context.sets(source.variable, '/variable'),
      input: source.input ?? 'text',
      min: source.min ?? null,
      max: source.max ?? null,
      integer: source.integer ?? false,
      retry: source.retry === undefined ? null : context.template(source.retry, '/retry'),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<QuestionSource, CompiledQuestion>;

function checkBounds(source: QuestionSource, context: CompileContext): void {
  if (source.input !== 'number') {
    for (const key of ['min', 'max', 'integer'] as const) {
      if (source[key] !== undefined)
        context.report(`/${key}`, 'not_for_input', `"${key}" is for questions that take a number`, 'Add "input": "number".');
    }
    return;
  }
  const { min, max } = source;
  if (min !== undefined && max !== undefined && min > max)
    context.report('/min', 'min_over_max', `No number is at least ${min} and at most ${max}`);
  else if (source.integer === true && min !== undefined && max !== undefined && Math.ceil(min) > Math.floor(max)) {
    context.report('/min', 'min_over_max', `There is no whole number from ${min} to ${max}`);
  }
}
