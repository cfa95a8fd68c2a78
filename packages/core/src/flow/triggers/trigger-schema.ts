import * as z from 'zod';
import { FLOW_LIMITS } from '../limits.ts';

/** What can start a flow, and the words for it. */
export const TRIGGER_KINDS = {
  command: 'a command, also while a question waits',
  keyword: 'a word or phrase that a person writes',
  pattern: 'a text that fits a pattern (RE2)',
  first_contact: 'the first message that the bot gets from a person',
  callback: 'a pressed button whose data no flow made',
  fallback: 'what a person in a flow sends that nothing takes, a command that no flow has, and what there is no default flow for',
} as const satisfies Record<string, string>;

export type TriggerKind = keyof typeof TRIGGER_KINDS;

/** One trigger. One shape for all kinds, so that problems name the field. */
export const trigger = z
  .strictObject({
    kind: z
      .enum(Object.keys(TRIGGER_KINDS) as [TriggerKind, ...TriggerKind[]]) // keys of a literal: exactly the kinds
      .meta({
        title: 'Kind',
        description: `What starts the flow: ${Object.entries(TRIGGER_KINDS)
          .map(([kind, meaning]) => `\`${kind}\` (${meaning})`)
          .join(', ')}.`,
      }),
    command: z
      .string()
      .regex(/^\/?[A-Za-z0-9_]{1,32}$/)
      .optional()
      .meta({ title: 'Command', description: 'For `command`: with or without the slash.' }),
    words: z
      .array(z.string().regex(/\S/).max(FLOW_LIMITS.triggerWord))
      .min(1)
      .max(FLOW_LIMITS.triggers)
      .optional()
      .meta({ title: 'Words', description: 'For `keyword`: words or phrases, one of which a person must write. Capital and small letters are the same.' }),
    match: z.enum(['whole', 'part', 'start']).optional().meta({
      title: 'Match',
      description:
        'For `keyword`: whether it must be the `whole` message (the default), or may be a `part` of it, as a word by itself. For `callback`: whether it must be the `whole` data (the default), or its `start`.',
    }),
    data: z.string().min(1).optional().meta({ title: 'Data', description: 'For `callback`: the callback data of the button.' }),
    pattern: z.string().min(1).optional().meta({ title: 'Pattern', description: 'For `pattern`: found anywhere in the text; `^` and `$` tie it to the ends.' }),
    ignore_case: z.boolean().optional().meta({ title: 'Ignore case', description: 'For `pattern`: whether capital and small letters are the same.' }),
  })
  .meta({ title: 'Trigger', description: 'Something that starts the flow.' });

export type TriggerSource = z.infer<typeof trigger>;

export const triggers = z
  .array(trigger)
  .max(FLOW_LIMITS.triggers)
  .optional()
  .meta({ title: 'Triggers', description: 'What starts the flow besides its `trigger_command`.' });
