import * as z from 'zod/mini';
import { labeled } from '../model/index.ts';
import { FLOW_LIMITS } from './limits.ts';
import { variableName } from './steps/common-fields.ts';
import { triggers } from './triggers/trigger-schema.ts';

/** What becomes of the flow that another one interrupts, with the words for it. */
export const INTERRUPTION_POLICIES = {
  end: 'it is over',
  come_back: 'when this one ends, its step is shown again and waits there',
} as const satisfies Record<string, string>;

export type InterruptionPolicy = keyof typeof INTERRUPTION_POLICIES;

/** What an argument of a command may be. */
export const ARGUMENT_TYPES = ['text', 'number', 'integer'] as const;

export type ArgumentType = (typeof ARGUMENT_TYPES)[number];

const argument = labeled(
  z.strictObject({
    variable: labeled(variableName, { title: 'Variable', description: 'The variable that it becomes.' }),
    type: labeled(z.optional(z.enum(ARGUMENT_TYPES)), {
      title: 'Type',
      description: 'As what it is read, `text` when left out.',
    }),
  }),
  { title: 'Argument', description: 'One argument of a command.' },
);

const menuText = z.string().check(z.regex(/\S/), z.maxLength(FLOW_LIMITS.commandDescription));

/** What a document of any form may say besides what the bot says. */
export const documentFields = {
  version: labeled(z.optional(z.literal(1)), {
    title: 'Version',
    description:
      'Of the language. With it, every step states its `next` (`null`: the end); without it, a step without `next` is followed by the next in the list.',
  }),
  triggers,
  arguments: labeled(z.optional(z.array(argument).check(z.minLength(1), z.maxLength(FLOW_LIMITS.arguments))), {
    title: 'Arguments',
    description:
      'What stands behind the commands of the flow, in this order, as variables. One that is missing or no such value leaves what `variables` says, or nothing.',
  }),
  interrupted: labeled(
    z.optional(z.enum(Object.keys(INTERRUPTION_POLICIES) as [InterruptionPolicy, ...InterruptionPolicy[]])), // keys of a literal: exactly the names
    {
      title: 'Interrupted flow',
      description: `What becomes of the flow that a person is in when a trigger of this one takes over, \`end\` when left out: ${Object.entries(
        INTERRUPTION_POLICIES,
      )
        .map(([name, meaning]) => `\`${name}\` (${meaning})`)
        .join(', ')}.`,
    },
  ),
  description: labeled(z.optional(menuText), {
    title: 'Description',
    description:
      "What the commands of the flow do, for the bot's menu in Telegram. Commands of flows without it are not listed there.",
  }),
  descriptions: labeled(z.optional(z.record(z.string().check(z.regex(/^[a-z]{2}$/)), menuText)), {
    title: 'Descriptions',
    description:
      'The description in other languages, by their two letters (ISO 639-1), for people whose Telegram speaks them.',
  }),
};
