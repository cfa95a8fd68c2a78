import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { compileCondition } from '../../conditions/compile-condition.ts';
import type { CompiledCondition } from '../../conditions/compiled-condition.ts';
import { conditionSchema } from '../../conditions/condition-schema.ts';
import { compileCollect, type CompiledCollect } from '../../inputs/collect.ts';
import type { InputKind } from '../../inputs/input-kind.ts';
import {
  fieldsOf,
  INPUT_FIELDS,
  INPUT_KINDS,
  inputsWith,
  QUESTION_INPUTS,
  type CompiledInput,
  type QuestionInput,
} from '../../inputs/input-kinds.ts';
import type { Template } from '../../template/template.ts';
import { nextStep, onError, stepId, templateText, variableName } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileNoAnswer, noAnswerField, remindersField, type CompiledNoAnswer } from './silence.ts';
import {
  cancelField,
  compileCancel,
  compileSkip,
  skipField,
  type CompiledCancel,
  type CompiledSkip,
} from './ways-out.ts';

/** Fields of all questions, independent of the input. */
const commonFields = {
  id: stepId,
  type: z.literal('question'),
  text: labeled(templateText, { title: 'Text', description: 'The question. A template.' }),
  variable: labeled(z.optional(variableName), {
    title: 'Variable',
    description: 'Name of the variable that stores the answer. Default: the ID of the step.',
  }),
  input: labeled(z.optional(z.enum(QUESTION_INPUTS)), {
    title: 'Input',
    description: `Type of the answer. Default: \`text\`. ${describeInputs()}.`,
  }),
  check: labeled(z.optional(conditionSchema), {
    title: 'Check',
    description: 'A further condition on the answer, which it reads by the name of the variable. Requires `retry`.',
  }),
  retry: labeled(z.optional(templateText), {
    title: 'Retry text',
    description: 'Message after an answer that is not valid. The question keeps waiting. A template.',
  }),
  max_tries: labeled(z.optional(z.int().check(z.gte(1), z.lte(100))), {
    title: 'Maximum tries',
    description: 'Number of answers that are not valid after which the question ends. Requires `on_max_tries`.',
  }),
  on_max_tries: labeled(z.optional(z.nullable(z.string())), {
    title: 'After the last try',
    description: 'ID of the next step after the last try; `null` ends the flow.',
  }),
  skip: skipField,
  cancel: cancelField,
  no_answer: noAnswerField,
  reminders: remindersField,
  next: nextStep,
  on_error: onError,
};

const schema = labeled(z.strictObject({ ...commonFields, ...INPUT_FIELDS }), {
  title: 'Question',
  description: 'Asks a question and waits for the answer.',
});

export type QuestionSource = z.infer<typeof schema>;

export interface CompiledQuestion extends CompiledBase<'question'> {
  readonly text: Template;
  readonly variable: string;
  /** Type of the answer. */
  readonly input: CompiledInput;
  /** Combines several messages into one answer. Null: each message is an answer. */
  readonly collect: CompiledCollect | null;
  /** An additional condition that an answer must meet; null: none. */
  readonly check: CompiledCondition | null;
  /** Null: the default text of the engine. */
  readonly retry: Template | null;
  readonly tries: { readonly max: number; readonly next: string | null } | null;
  readonly skip: CompiledSkip | null;
  readonly cancel: CompiledCancel | null;
  /** Null: waits without a limit, and sends no reminders. */
  readonly no_answer: CompiledNoAnswer | null;
  readonly next: string | null;
}

export const questionStep = {
  type: 'question',
  summary: 'Asks a question and waits for the answer.',
  schema,
  variant: ({ input = 'text' }) => (isInput(input) ? VARIANTS[input] : null),
  compile(source, context): CompiledQuestion {
    checkFields(source, context);
    context.markWaiting();
    const kind: InputKind<never, CompiledInput> = INPUT_KINDS[source.input ?? 'text'];
    return {
      kind: 'question',
      id: source.id,
      index: context.index,
      text: context.template(source.text, '/text'),
      variable:
        source.variable === undefined
          ? context.declareVariable(source.id, '/id')
          : context.declareVariable(source.variable, '/variable'),
      // The variant of the schema has validated the fields for this input.
      input: kind.compile(source as never, context),
      collect: source.collect === undefined ? null : compileCollect(source.collect, context),
      check: compileCheck(source, context),
      retry: source.retry === undefined ? null : context.template(source.retry, '/retry'),
      tries: compileMaxTries(source, context),
      skip:
        source.skip === undefined
          ? null
          : compileSkip(source.skip, source.input ?? 'text', source.collect !== undefined, context),
      cancel: source.cancel === undefined ? null : compileCancel(source.cancel, context),
      no_answer: compileNoAnswer(source, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<QuestionSource, CompiledQuestion>;

/**
 * The schema of a question for each input. It accepts the fields of other inputs, because `checkFields` reports them
 * with better messages.
 */
const VARIANTS = Object.fromEntries(
  QUESTION_INPUTS.map((input) => {
    const foreign = Object.keys(INPUT_FIELDS).map((name) => [name, z.optional(z.unknown())] as const);
    return [input, z.strictObject({ ...Object.fromEntries(foreign), ...commonFields, ...fieldsOf(input) })];
  }),
  // Each schema accepts only sources that `compile` accepts, although their types are more specific.
) as unknown as Readonly<Record<QuestionInput, typeof schema>>;

function isInput(value: unknown): value is QuestionInput {
  return typeof value === 'string' && Object.hasOwn(INPUT_KINDS, value);
}

function checkFields(source: QuestionSource, context: CompileContext): void {
  const input = source.input ?? 'text';
  const own = fieldsOf(input);
  for (const name of Object.keys(source)) {
    if (Object.hasOwn(own, name) || !Object.hasOwn(INPUT_FIELDS, name)) continue;
    context.report(
      `/${name}`,
      'not_for_input',
      `"${name}" is not allowed for questions with ${INPUT_KINDS[input].summary}`,
      `It is for "input": ${inputsWith(name)
        .map((each) => `"${each}"`)
        .join(', ')}.`,
    );
  }
}

function compileMaxTries(
  { max_tries, on_max_tries }: QuestionSource,
  context: CompileContext,
): CompiledQuestion['tries'] {
  if (max_tries === undefined && on_max_tries === undefined) return null;
  if (max_tries === undefined)
    context.report('/max_tries', 'required', '"max_tries" is missing', '"on_max_tries" requires it.');
  if (on_max_tries === undefined)
    context.report(
      '/on_max_tries',
      'required',
      '"on_max_tries" is missing',
      'Set it to the ID of the next step after the last try; null ends the flow.',
    );
  return {
    max: max_tries ?? Infinity,
    next: typeof on_max_tries !== 'string' ? null : context.stepReference(on_max_tries, '/on_max_tries'),
  };
}

function compileCheck(
  { id, variable, check, retry, collect }: QuestionSource,
  context: CompileContext,
): CompiledQuestion['check'] {
  if (check === undefined) return null;
  if (collect !== undefined)
    context.report(
      '/check',
      'fields_conflict',
      '"check" is not allowed with "collect"',
      'Use a condition step after the question to check the collected messages.',
    );
  if (retry === undefined)
    context.report(
      '/retry',
      'required',
      '"retry" is missing',
      '"check" requires it, because there is no default text for your own condition.',
    );
  const known = new Set([variable ?? id]);
  return compileCondition(check, '/check', {
    ...context,
    readPath: (path, source, key) => context.readPath(path, source, key, known),
    template: (source, key, options) => context.template(source, key, { ...options, known }),
  });
}

function describeInputs(): string {
  return QUESTION_INPUTS.map((input) => `\`${input}\` (${INPUT_KINDS[input].summary})`).join(', ');
}
