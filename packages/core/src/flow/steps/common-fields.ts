import * as z from 'zod/mini';
import { labeled, type JsonValue } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';

/** Fields that several kinds of step have, with titles and descriptions. */
export const stepId = labeled(
  z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.name), z.regex(/^[^\p{Cc}\p{Cs}]*$/u)),
  {
    title: 'ID',
    description: 'ID of the step, unique within its flow. `next` and `initial_step` refer to it.',
  },
);

export const nextStep = labeled(z.optional(z.nullable(z.string())), {
  title: 'Next step',
  description:
    'ID of the next step; `null` ends the flow. Default: the next step in the list. Required with `version: 1`.',
});

/** A field of every kind of step, which `readStep` compiles. */
export const onError = labeled(z.optional(z.string()), {
  title: 'On error',
  description: "ID of the next step if this one fails. Default: the bot's error flow starts, or the flow ends.",
});

/** A variable that a step sets. */
export const variableName = z
  .string()
  .check(
    z.maxLength(FLOW_LIMITS.name),
    z.regex(
      /^[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u,
      'Use letters, digits, "_" and "-". Do not start with a digit or "-", or end with "-".',
    ),
  );

/** Any JSON value. The schema of `model/` belongs to the full zod, and this layer uses zod/mini. */
export const jsonData: z.core.$ZodType<JsonValue> = labeled(z.json(), {
  id: 'Json',
  title: 'JSON',
  description: 'Any JSON value: a text, a number, true, false, null, a list or an object.',
});

/** A text that users read. A template. */
export const templateText = z.string().check(z.regex(/\S/));
