import * as z from 'zod/mini';
import { labeled } from '../model/index.ts';
import { FLOW_LIMITS } from './limits.ts';
import { variableName } from './steps/common-fields.ts';
import { triggers } from './triggers/trigger-schema.ts';

/** Policies for a flow that another one interrupts, with descriptions. */
export const INTERRUPTION_POLICIES = {
  end: 'it ends',
  come_back: 'it continues when this one ends: its step is shown again',
} as const satisfies Record<string, string>;

export type InterruptionPolicy = keyof typeof INTERRUPTION_POLICIES;

/** Types of a command argument. */
export const ARGUMENT_TYPES = ['text', 'number', 'integer'] as const;

export type ArgumentType = (typeof ARGUMENT_TYPES)[number];

const argument = labeled(
  z.strictObject({
    variable: labeled(variableName, { title: 'Variable', description: 'The variable that receives the argument.' }),
    type: labeled(z.optional(z.enum(ARGUMENT_TYPES)), {
      title: 'Type',
      description: 'The type of the value. Default: `text`.',
    }),
  }),
  { title: 'Argument', description: 'One argument of a command.' },
);

const menuText = z.string().check(z.regex(/\S/), z.maxLength(FLOW_LIMITS.commandDescription));

/** Fields of a document in any form. */
export const documentFields = {
  version: labeled(z.optional(z.literal(1)), {
    title: 'Version',
    description:
      'Version of the flow language. With it, every step needs `next` (`null` ends the flow). Without it, a step without `next` continues with the next step in the list.',
  }),
  triggers,
  arguments: labeled(z.optional(z.array(argument).check(z.minLength(1), z.maxLength(FLOW_LIMITS.arguments))), {
    title: 'Arguments',
    description:
      'Arguments after the commands of the flow, in this order. Each one becomes a variable. If an argument is missing or has the wrong type, the variable keeps its value from `variables`, if any.',
  }),
  interrupted: labeled(
    z.optional(z.enum(Object.keys(INTERRUPTION_POLICIES) as [InterruptionPolicy, ...InterruptionPolicy[]])), // keys of a literal: exactly the names
    {
      title: 'Interrupted flow',
      description: `What happens to the current flow of a user when a trigger of this flow interrupts it. Default: \`end\`. ${Object.entries(
        INTERRUPTION_POLICIES,
      )
        .map(([name, meaning]) => `\`${name}\` (${meaning})`)
        .join(', ')}.`,
    },
  ),
  description: labeled(z.optional(menuText), {
    title: 'Description',
    description:
      "Description of the commands of the flow in the bot's menu in Telegram. Without it, they are not listed there.",
  }),
  descriptions: labeled(z.optional(z.record(z.string().check(z.regex(/^[a-z]{2}$/)), menuText)), {
    title: 'Descriptions',
    description:
      'The description in other languages, by two-letter code (ISO 639-1), for users whose Telegram uses the language.',
  }),
};
