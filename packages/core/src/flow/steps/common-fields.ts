import * as z from 'zod/mini';
import { labeled, type JsonValue } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';

/** Fields that several kinds of step have, with the words that forms and docs use. */
export const stepId = labeled(
  z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.name), z.regex(/^[^\p{Cc}\p{Cs}]*$/u)),
  {
    title: 'Id',
    description: 'Names the step within its flow. `next` and `initial_step` refer to it.',
  },
);

export const nextStep = labeled(z.optional(z.nullable(z.string())), {
  title: 'Next step',
  description:
    'The id of the step that follows; `null` ends the flow. Left out, the following step in the list comes next (with `version: 1` it must be stated).',
});

/** Every kind of step has it; the reading of steps takes care of it. */
export const onError = labeled(z.optional(z.string()), {
  title: 'On error',
  description:
    "The id of the step to go to when this one fails. Left out, the bot's error flow starts, or the flow ends.",
});

/** A variable that a step sets. */
export const variableName = z
  .string()
  .check(
    z.maxLength(FLOW_LIMITS.name),
    z.regex(
      /^[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u,
      'Letters, digits, "_" and "-"; "-" not at the beginning or end, a digit not at the beginning.',
    ),
  );

/** Any JSON. Not the model's own schema: that one would bring every locale of zod along. */
export const jsonData: z.core.$ZodType<JsonValue> = labeled(z.json(), {
  id: 'Json',
  title: 'JSON',
  description: 'Any JSON: a text, a number, true, false, null, a list or an object.',
});

/** Text for a person to read; may hold a template. */
export const templateText = z.string().check(z.regex(/\S/));
