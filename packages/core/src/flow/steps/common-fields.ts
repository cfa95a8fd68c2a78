import * as z from 'zod';
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

/** Text for a person to read; may hold a template. */
export const templateText = z.string().regex(/\S/);
