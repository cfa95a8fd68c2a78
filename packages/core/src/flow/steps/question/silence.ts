import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import type { Template } from '../../template/template.ts';
import { durationSource, readDuration } from '../../time/duration.ts';
import { templateText } from '../common-fields.ts';

const after = labeled(durationSource, {
  title: 'After',
  description: 'Time after the question was asked: `{"minutes": 5}` or `PT5M`.',
});

export const noAnswerField = labeled(
  z.optional(
    z.strictObject({
      after,
      next: labeled(z.nullable(z.string()), {
        title: 'Next step',
        description: 'ID of the next step; `null` ends the flow.',
      }),
    }),
  ),
  { title: 'No answer', description: 'The next step if there is no answer within a time.' },
);

export const remindersField = labeled(
  z.optional(
    z
      .array(
        z.strictObject({
          after,
          text: labeled(templateText, { title: 'Text', description: 'Text of the reminder. A template.' }),
        }),
      )
      .check(z.minLength(1), z.maxLength(5)),
  ),
  { title: 'Reminders', description: 'Messages that the bot sends while there is no answer, at most five.' },
);

/** Behavior while there is no answer. Durations are in milliseconds since the question was asked. */
export interface CompiledNoAnswer {
  readonly reminders: readonly { readonly after: number; readonly text: Template }[];
  readonly end: { readonly after: number; readonly next: string | null } | null;
}

interface NoAnswerSource {
  readonly no_answer?: z.infer<typeof noAnswerField>;
  readonly reminders?: z.infer<typeof remindersField>;
}

export function compileNoAnswer(
  { no_answer, reminders = [] }: NoAnswerSource,
  context: CompileContext,
): CompiledNoAnswer | null {
  if (no_answer === undefined && reminders.length === 0) return null;
  const end =
    no_answer === undefined
      ? null
      : {
          after: compileDelay(no_answer.after, '/no_answer/after', context),
          next: no_answer.next === null ? null : context.stepReference(no_answer.next, '/no_answer/next'),
        };
  return {
    end,
    reminders: reminders.map((reminder, index) => {
      const key = `/reminders/${index}`;
      const compiled = {
        after: compileDelay(reminder.after, `${key}/after`, context),
        text: context.template(reminder.text, `${key}/text`),
      };
      if (end !== null && compiled.after >= end.after)
        context.report(
          `${key}/after`,
          'duration_invalid',
          'The reminder is sent after the question has ended',
          'Its "after" must be less than that of "no_answer".',
        );
      return compiled;
    }),
  };
}

function compileDelay(source: z.infer<typeof after>, key: string, context: CompileContext): number {
  const length = readDuration(source);
  if (length === null)
    context.report(key, 'duration_invalid', 'The duration is shorter than a second or longer than 366 days');
  return length ?? 1_000;
}
