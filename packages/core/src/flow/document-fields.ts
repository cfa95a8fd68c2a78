import * as z from 'zod/mini';
import { labelled } from './labelled.ts';
import { triggers } from './triggers/trigger-schema.ts';

/** What becomes of the flow that another one interrupts, with the words for it. */
export const INTERRUPTIONS = {
  end: 'it is over',
  come_back: 'when this one ends, its step is shown again and waits there',
} as const satisfies Record<string, string>;

export type Interruption = keyof typeof INTERRUPTIONS;

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
};
