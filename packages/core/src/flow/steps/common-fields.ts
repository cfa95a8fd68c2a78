import * as z from 'zod';
import type { JsonValue } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';

/** Fields that several kinds of step have, with the words that forms and docs use. */
export const stepId = z
  .string()
  .min(1)
  .max(FLOW_LIMITS.name)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
  .meta({ title: 'Id', description: 'Names the step within its flow. `next` and `initial_step` refer to it.' });

export const nextStep = z.string().nullable().optional().meta({
  title: 'Next step',
  description:
    'The id of the step that follows; `null` ends the flow. Left out, the following step in the list comes next (with `version: 1` it must be stated).',
});

/** Every kind of step has it; the reading of steps takes care of it. */
export const onError = z.string().optional().meta({
  title: 'On error',
  description: "The id of the step to go to when this one fails. Left out, the bot's error flow starts, or the flow ends.",
});

/** A variable that a step sets. */
export const variableName = z
  .string()
  .max(FLOW_LIMITS.name)
  .regex(/^[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u);

/** Any JSON. Not the model's own schema: that one would bring every locale of zod along. */
export const jsonData: z.ZodType<JsonValue> = z.json().meta({ id: 'Json', title: 'JSON', description: 'Any JSON: a text, a number, true, false, null, a list or an object.' });

/** Text for a person to read; may hold a template. */
export const templateText = z.string().regex(/\S/);
