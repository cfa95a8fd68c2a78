import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { CHAT_EVENT_NAMES, CHAT_EVENTS } from './chat-events.ts';

/** Kinds of triggers. */
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

/** Descriptions of the kinds. */
export const TRIGGER_KINDS: Readonly<Record<TriggerKind, string>> = {
  command: 'a command, also while a question waits for an answer',
  keyword: 'a word or phrase that a user sends',
  pattern: 'a text that matches a pattern (RE2)',
  payment: 'a payment that no step waits for: a late one, or one for an invoice that no flow sent',
  first_contact: 'the first message of a user to the bot',
  callback: 'the press of a button that no flow created',
  event: 'something that happens in a chat',
  schedule: 'recurring times, for all users of the bot or those with a tag',
  fallback:
    'a message that the current step does not handle, an unknown command, or any message if there is no default flow',
};

/** One trigger. One schema for all kinds, so that problems name the field. */
export const trigger = labeled(
  z.strictObject({
    kind: labeled(z.enum(TRIGGER_KIND_NAMES), {
      title: 'Kind',
      description: `What starts the flow: ${Object.entries(TRIGGER_KINDS)
        .map(([kind, meaning]) => `\`${kind}\` (${meaning})`)
        .join(', ')}.`,
    }),
    command: labeled(
      z.optional(z.string().check(z.regex(/^\/?[A-Za-z0-9_]{1,32}$/, 'Use at most 32 letters, digits and _.'))),
      {
        title: 'Command',
        description: 'For `command`: with or without the slash.',
      },
    ),
    payload: labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.payload))), {
      title: 'Payload',
      description:
        'For `command`: the text after the command, such as `promo` in `/start promo`. ' +
        'The deep link `https://t.me/your_bot?start=promo` sends that.',
    }),
    words: labeled(
      z.optional(
        z
          .array(z.string().check(z.regex(/\S/), z.maxLength(FLOW_LIMITS.triggerWord)))
          .check(z.minLength(1), z.maxLength(FLOW_LIMITS.triggers)),
      ),
      {
        title: 'Words',
        description: 'For `keyword`: words or phrases, any of which starts the flow. Case is ignored.',
      },
    ),
    match: labeled(z.optional(z.enum(['whole', 'part', 'start'])), {
      title: 'Match',
      description:
        'For `keyword`: it must be the `whole` message (the default), or can be a `part` of it, as a separate word. ' +
        'For `callback` and the payload of a `command`: ' +
        'it must be the `whole` data or payload (the default), or its `start`.',
    }),
    data: labeled(z.optional(z.string().check(z.minLength(1))), {
      title: 'Data',
      description: 'For `callback`: the callback data of the button.',
    }),
    pattern: labeled(z.optional(z.string().check(z.minLength(1))), {
      title: 'Pattern',
      description: 'For `pattern`: it can match any part of the text; `^` and `$` match the ends.',
    }),
    ignore_case: labeled(z.optional(z.boolean()), {
      title: 'Ignore case',
      description: 'For `pattern`: if true, case is ignored. Default: false.',
    }),
    event: labeled(z.optional(z.enum(CHAT_EVENT_NAMES)), {
      title: 'Event',
      description: `For \`event\`: the event. ${Object.entries(CHAT_EVENTS)
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
        description: 'For the event `reaction`: one of these emoji, or IDs of custom emoji. Default: any.',
      },
    ),
    cron: labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.triggerWord))), {
      title: 'Cron',
      description:
        'For `schedule`: minute, hour, day of the month, month, day of the week. ' +
        '`30 9 * * mon-fri` is 9:30 on weekdays.',
    }),
    time_zone: labeled(z.optional(z.string()), {
      title: 'Time zone',
      description:
        "For `schedule`: the time zone of its times, such as `Europe/Berlin`. Default: the bot's setting, or UTC.",
    }),
    tag: labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(64))), {
      title: 'Tag',
      description: 'For `schedule`: only users with this tag. Default: all users.',
    }),
    missed: labeled(z.optional(z.enum(['skip', 'run'])), {
      title: 'Missed times',
      description:
        'For `schedule`: the handling of times that were missed by more than an hour ' +
        'because no instance was running: `skip` them (the default), or `run` the flow late, once.',
    }),
  }),
  { title: 'Trigger', description: 'An event that starts the flow.' },
);

export type TriggerSource = z.infer<typeof trigger>;

export const triggers = labeled(z.optional(z.array(trigger).check(z.maxLength(FLOW_LIMITS.triggers))), {
  title: 'Triggers',
  description: 'Events that start the flow, in addition to its `trigger_command`.',
});
