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
    response: labeled(templateText, { title: 'Response', description: 'The message of the bot. A template.' }),
  }),
  { title: 'Simple response', description: 'Sends one message.' },
);

/** `{"type": "menu", "text": …, "buttons": […]}` */
const menuFlow = labeled(z.strictObject({ ...documentFields, ...menuFields }), {
  title: 'Menu',
  description: 'Shows a message with buttons.',
});

/** Fields of a menu document that are not fields of a menu step. */
export const menuEnvelope = z.strictObject(documentFields);

const initial_step = labeled(z.string(), {
  title: 'First step',
  description: 'ID of the first step. Default: the first step in the list.',
});

const variables = labeled(z.record(variableName, jsonData), {
  title: 'Variables',
  description: 'Initial variables and their values. A flow that calls this one can set other values.',
});

/** `{"steps": […], "initial_step": …}`, without a check of the steps. */
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
  { title: 'Steps', description: 'Messages, questions, menus and other steps.' },
);

/**
 * Schema of a flow document in any of its forms. `validateFlow` also checks references, templates and limits, and has
 * better messages.
 *
 * @example
 * const { success } = flowData.safeParse({ response: 'Hello World' });
 */
export const flowData = labeled(z.union([responseFlow, stepsFlow, menuFlow]), {
  title: 'Flow',
  description: 'A conversation of a bot.',
});
export type FlowData = z.infer<typeof flowData>;
