import * as z from 'zod/mini';
import { labeled } from '../model/index.ts';
import { documentFields } from './document-fields.ts';
import { FLOW_LIMITS } from './limits.ts';
import { jsonData, templateText, variableName } from './steps/common-fields.ts';
import { menuFields } from './steps/menu/menu-source.ts';
import { stepSchema } from './steps/step-kinds.ts';

/** `{"response": "Hello World"}` */
export const responseFlow = labeled(
  z.strictObject({
    ...documentFields,
    response: labeled(templateText, { title: 'Response', description: 'What the bot says. A template.' }),
  }),
  { title: 'Simple response', description: 'Says one thing.' },
);

/** `{"type": "menu", "text": …, "buttons": […]}` */
const menuFlow = labeled(z.strictObject({ ...documentFields, ...menuFields }), {
  title: 'Menu',
  description: 'Shows buttons.',
});

/** What a menu has besides the members of a menu step. */
export const menuEnvelope = z.strictObject(documentFields);

const initial_step = labeled(z.string(), {
  title: 'First step',
  description: 'The id of the step that the flow begins with; the first in the list when left out.',
});

const variables = labeled(z.record(variableName, jsonData), {
  title: 'Variables',
  description:
    'Variables that the flow begins with, and their values. A flow that calls this one may give them others.',
});

/** `{"steps": […], "initial_step": …}`, the steps not yet looked at. */
export const stepsEnvelope = z.strictObject({
  ...documentFields,
  steps: z.array(z.unknown()).check(z.minLength(1), z.maxLength(FLOW_LIMITS.steps)),
  initial_step: z.optional(initial_step),
  variables: z.optional(variables),
});

const stepsFlow = labeled(
  z.strictObject({
    ...documentFields,
    steps: z.array(stepSchema).check(z.minLength(1), z.maxLength(FLOW_LIMITS.steps)),
    initial_step: z.optional(initial_step),
    variables: z.optional(variables),
  }),
  { title: 'Steps', description: 'Messages, questions and menus in an order.' },
);

/**
 * A flow document in any of its forms: its shape. `validateFlow` says far more (references, templates, limits) and in better words.
 *
 * @example
 * const { success } = flowData.safeParse({ response: 'Hello World' });
 */
export const flowData = labeled(z.union([responseFlow, stepsFlow, menuFlow]), {
  title: 'Flow',
  description: 'What a bot says and asks.',
});
export type FlowData = z.infer<typeof flowData>;
