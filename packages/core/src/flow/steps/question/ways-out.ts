import * as z from 'zod/mini';
import { labeled, type JsonValue } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { INPUT_KINDS, type QuestionInput } from '../../inputs/input-kinds.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { Template } from '../../template/template.ts';
import { jsonData, templateText } from '../common-fields.ts';

const words = labeled(
  z.optional(
    z
      .array(z.string().check(z.regex(/\S/), z.maxLength(FLOW_LIMITS.name)))
      .check(z.minLength(1), z.maxLength(FLOW_LIMITS.words)),
  ),
  { title: 'Words', description: 'Words that the user can send for it. Case is ignored.' },
);

const button = labeled(z.optional(templateText), {
  title: 'Button',
  description: 'Label of a button for it. A template.',
});

export const skipField = labeled(
  z.optional(
    z.strictObject({
      words,
      button,
      value: labeled(z.optional(jsonData), {
        title: 'Value',
        description: 'The answer that is stored then. Default: none.',
      }),
    }),
  ),
  { title: 'Skip', description: 'Lets the user continue without an answer.' },
);

export const cancelField = labeled(
  z.optional(
    z.strictObject({
      words,
      button,
      next: labeled(z.nullable(z.string()), {
        title: 'Next step',
        description: 'ID of the next step; `null` ends the flow.',
      }),
    }),
  ),
  { title: 'Cancel', description: 'Lets the user leave the question for another step.' },
);

interface QuestionExit {
  /** In lower case. */
  readonly words: readonly string[];
  readonly button: Template | null;
}

export interface CompiledSkip extends QuestionExit {
  /** Null: no answer is stored. */
  readonly value: JsonValue;
}

export interface CompiledCancel extends QuestionExit {
  readonly next: string | null;
}

export function compileSkip(
  skip: NonNullable<z.infer<typeof skipField>>,
  input: QuestionInput,
  collects: boolean,
  context: CompileContext,
): CompiledSkip {
  const { value = null } = skip;
  const { value: one } = INPUT_KINDS[input];
  if (value !== null && !(collects && input !== 'text' ? z.array(one) : one).safeParse(value).success) {
    context.report(
      '/skip/value',
      'value_not_of_input',
      `${JSON.stringify(value)} is not a valid answer: the question expects ${INPUT_KINDS[input].summary}`,
    );
  }
  return { ...compileExit(skip, '/skip', context), value };
}

export function compileCancel(
  cancel: NonNullable<z.infer<typeof cancelField>>,
  context: CompileContext,
): CompiledCancel {
  return {
    ...compileExit(cancel, '/cancel', context),
    next: cancel.next === null ? null : context.stepReference(cancel.next, '/cancel/next'),
  };
}

function compileExit(
  source: { words?: string[] | undefined; button?: string | undefined },
  key: string,
  context: CompileContext,
): QuestionExit {
  if (source.words === undefined && source.button === undefined)
    context.report(key, 'required', `"${key.slice(1)}" has neither "words" nor a "button"`, 'Add at least one.');
  return {
    words: (source.words ?? []).map((word) => word.trim().toLowerCase()),
    button: source.button === undefined ? null : context.template(source.button, `${key}/button`),
  };
}
