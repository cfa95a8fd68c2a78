import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { CHAT_EVENT_NAMES, CHAT_EVENTS } from './chat-events.ts';

/** What can start a flow. */
export const TRIGGER_KIND_NAMES = [
  'command',
  'keyword',
  'pattern',
  'payment',
  'first_contact',
  'callback',
  'event',
  'schedule',
  'fallback',
] as const;
export type TriggerKind = (typeof TRIGGER_KIND_NAMES)[number];

/** The words for each; apart from the names, so that browsers need not load them. */
export const TRIGGER_KINDS: Readonly<Record<TriggerKind, string>> = {
  command: 'a command, also while a question waits',
  keyword: 'a word or phrase that a person writes',
  pattern: 'a text that fits a pattern (RE2)',
  payment: 'a payment that no step waits for: a late one, or one for an invoice that was not sent by a flow',
  first_contact: 'the first message that the bot gets from a person',
  callback: 'a pressed button whose data no flow made',
  event: 'something that happens to a person in a chat',
  schedule: 'times that come again, for all people of the bot or those with a tag',
  fallback:
    'what a person in a flow sends that nothing takes, a command that no flow has, and what there is no default flow for',
};

/** One trigger. One shape for all kinds, so that problems name the field. */
export const trigger = labeled(
  z.strictObject({
    kind: labeled(z.enum(TRIGGER_KIND_NAMES), {
      title: 'Kind',
      description: `What starts the flow: ${Object.entries(TRIGGER_KINDS)
        .map(([kind, meaning]) => `\`${kind}\` (${meaning})`)
        .join(', ')}.`,
    }),
    command: labeled(
      z.optional(z.string().check(z.regex(/^\/?[A-Za-z0-9_]{1,32}$/, 'Letters, digits and _, 32 at most.'))),
      {
        title: 'Command',
        description: 'For `command`: with or without the slash.',
      },
    ),
    payload: labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.payload))), {
      title: 'Payload',
      description:
        'For `command`: what must stand behind it, as `promo` in `/start promo`, which is what the link `https://t.me/your_bot?start=promo` sends.',
    }),
    words: labeled(
      z.optional(
        z
          .array(z.string().check(z.regex(/\S/), z.maxLength(FLOW_LIMITS.triggerWord)))
          .check(z.minLength(1), z.maxLength(FLOW_LIMITS.triggers)),
      ),
      {
        title: 'Words',
        description:
          'For `keyword`: words or phrases, one of which a person must write. Capital and small letters are the same.',
      },
    ),
    match: labeled(z.optional(z.enum(['whole', 'part', 'start'])), {
      title: 'Match',
      description:
        'For `keyword`: whether it must be the `whole` message (the default), or may be a `part` of it, as a word by itself. For `callback` and the payload of a `command`: whether it must be all of it (`whole`, the default), or its `start`.',
    }),
    data: labeled(z.optional(z.string().check(z.minLength(1))), {
      title: 'Data',
      description: 'For `callback`: the callback data of the button.',
    }),
    pattern: labeled(z.optional(z.string().check(z.minLength(1))), {
      title: 'Pattern',
      description: 'For `pattern`: found anywhere in the text; `^` and `$` tie it to the ends.',
    }),
    ignore_case: labeled(z.optional(z.boolean()), {
      title: 'Ignore case',
      description: 'For `pattern`: whether capital and small letters are the same.',
    }),
    event: labeled(z.optional(z.enum(CHAT_EVENT_NAMES)), {
      title: 'Event',
      description: `For \`event\`: what happens. ${Object.entries(CHAT_EVENTS)
        .map(([name, meaning]) => `\`${name}\` (${meaning})`)
        .join(', ')}.`,
    }),
    emoji: labeled(
      z.optional(
        z
          .array(z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.triggerWord)))
          .check(z.minLength(1), z.maxLength(FLOW_LIMITS.triggers)),
      ),
      {
        title: 'Emoji',
        description: 'For the event `reaction`: one of these emoji, or ids of custom ones. Any, when left out.',
      },
    ),
    cron: labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.triggerWord))), {
      title: 'Cron',
      description:
        'For `schedule`: minute, hour, day of the month, month, day of the week. `30 9 * * mon-fri` is half past nine on working days.',
    }),
    time_zone: labeled(z.optional(z.string()), {
      title: 'Time zone',
      description:
        "For `schedule`: where its times are meant, `Europe/Berlin`; the bot's setting, or UTC, when left out.",
    }),
    tag: labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(64))), {
      title: 'Tag',
      description: 'For `schedule`: only people who have it; everybody, when left out.',
    }),
    missed: labeled(z.optional(z.enum(['skip', 'run'])), {
      title: 'Missed times',
      description:
        'For `schedule`: what becomes of a time that was missed by more than an hour, since nothing was running: `skip` (the default), or `run` it late, once.',
    }),
  }),
  { title: 'Trigger', description: 'Something that starts the flow.' },
);

export type TriggerSource = z.infer<typeof trigger>;

export const triggers = labeled(z.optional(z.array(trigger).check(z.maxLength(FLOW_LIMITS.triggers))), {
  title: 'Triggers',
  description: 'What starts the flow besides its `trigger_command`.',
});
