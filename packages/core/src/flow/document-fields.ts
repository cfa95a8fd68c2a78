import * as z from 'zod/mini';
import { FLOW_LIMITS } from './limits.ts';
import { labelled } from './labelled.ts';
import { triggers } from './triggers/trigger-schema.ts';

/** What becomes of the flow that another one interrupts, with the words for it. */
export const INTERRUPTIONS = {
  end: 'it is over',
  come_back: 'when this one ends, its step is shown again and waits there',
} as const satisfies Record<string, string>;

export type Interruption = keyof typeof INTERRUPTIONS;

const menuText = z.string().check(z.regex(/\S/), z.maxLength(FLOW_LIMITS.commandDescription));

/** What a document of any form may say besides what the bot says. */
export const documentFields = {
  version: labelled(z.optional(z.literal(1)), {
    title: 'Version',
    description:
      'Of the language. With it, every step states its `next` (`null`: the end); without it, a step without `next` is followed by the next in the list.',
  }),
  triggers,
  interrupted: labelled(
    z.optional(z.enum(Object.keys(INTERRUPTIONS) as [Interruption, ...Interruption[]])), // keys of a literal: exactly the names
    {
      title: 'Interrupted flow',
      description: `What becomes of the flow that a person is in when a trigger of this one takes over, \`end\` when left out: ${Object.entries(INTERRUPTIONS)
        .map(([name, meaning]) => `\`${name}\` (${meaning})`)
        .join(', ')}.`,
    },
  ),
  description: labelled(z.optional(menuText), {
    title: 'Description',
    description: "What the commands of the flow do, for the bot's menu in Telegram. Commands of flows without it are not listed there.",
  }),
  descriptions: labelled(z.optional(z.record(z.string().check(z.regex(/^[a-z]{2}$/)), menuText)), {
    title: 'Descriptions',
    description: 'The description in other languages, by their two letters (ISO 639-1), for people whose Telegram speaks them.',
  }),
};
