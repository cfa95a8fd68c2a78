import { isTimeZone } from '../../model/time-zone.ts';
import { CALLBACK_PREFIX } from '../callback-data.ts';
import type { FlowProblem, FlowProblemCode } from '../flow-problem.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { compilePattern, type Pattern } from '../pattern/compile-pattern.ts';
import { readCron, type Cron } from '../time/cron.ts';
import type { ChatEventName } from './chat-events.ts';
import { trigger, type TriggerKind, type TriggerSource } from './trigger-schema.ts';

/** Compiled triggers of a flow. */
export interface CompiledTriggers {
  /** Without the slash, lower case. */
  readonly commands: readonly string[];
  readonly payloads: readonly PayloadTrigger[];
  readonly texts: readonly TextTrigger[];
  readonly first_contact: boolean;
  /** Payments that no step waits for. */
  readonly payment: boolean;
  readonly fallback: boolean;
  readonly callbacks: readonly CallbackTrigger[];
  readonly events: readonly EventTrigger[];
  readonly schedules: readonly ScheduleTrigger[];
}

/** Times at which the flow starts. `time_zone`: null for the bot's time zone; `tag`: null for all users. */
export interface ScheduleTrigger {
  readonly cron: Cron;
  readonly time_zone: string | null;
  readonly tag: string | null;
  readonly missed: 'skip' | 'run';
}

/** A command trigger with a payload. */
export interface PayloadTrigger {
  /** Without the slash, lower case. */
  readonly command: string;
  readonly payload: string;
  readonly is_exact: boolean;
}

/** A trigger for the data of a pressed button. */
export interface CallbackTrigger {
  readonly data: string;
  readonly is_exact: boolean;
}

/** A trigger for an event in a chat. `emoji`: of a reaction; null: any. */
export interface EventTrigger {
  readonly event: ChatEventName;
  readonly emoji: readonly string[] | null;
}

/** A trigger for the text of a message. `words` are normalized by {@link normalizeText}. */
export type TextTrigger =
  | { readonly kind: 'keyword'; readonly words: readonly string[]; readonly is_exact: boolean }
  | { readonly kind: 'pattern'; readonly pattern: Pattern };

export const NO_TRIGGERS: CompiledTriggers = Object.freeze({
  commands: [],
  payloads: [],
  texts: [],
  first_contact: false,
  payment: false,
  fallback: false,
  callbacks: [],
  events: [],
  schedules: [],
});

/** Compiles the triggers of a document. Triggers with problems are skipped. */
export function compileTriggers(sources: readonly TriggerSource[]): {
  readonly triggers: CompiledTriggers;
  readonly problems: readonly FlowProblem[];
} {
  if (sources.length === 0) return { triggers: NO_TRIGGERS, problems: [] };
  const problems: FlowProblem[] = [];
  const commands = new Set<string>();
  const payloads: PayloadTrigger[] = [];
  const texts: TextTrigger[] = [];
  const callbacks: CallbackTrigger[] = [];
  const events: EventTrigger[] = [];
  const schedules: ScheduleTrigger[] = [];
  const has = (wanted: TriggerKind): boolean => sources.some(({ kind }) => kind === wanted);
  for (const [index, source] of sources.entries()) {
    const report: Report = (key, code, message, hint) => {
      problems.push({ path: `/triggers/${index}/${key}`, code, message, hint });
    };
    checkFields(source, report);
    if (source.command !== undefined && source.kind === 'command') {
      const command = source.command.replace(/^\//, '').toLowerCase();
      if (source.payload !== undefined) {
        if (command === 'start' && !LINK_PAYLOAD_PATTERN.test(source.payload))
          report(
            'payload',
            'wrong_format',
            'A deep link cannot have this payload',
            'Telegram allows Latin letters, digits, "_" and "-".',
          );
        payloads.push({ command, payload: source.payload, is_exact: source.match !== 'start' });
      } else {
        if (commands.has(command))
          report('command', 'duplicate_trigger', `The flow already has the command "/${command}"`);
        commands.add(command);
      }
    }
    if (source.words !== undefined && source.kind === 'keyword')
      texts.push({ kind: 'keyword', words: source.words.map(normalizeText), is_exact: source.match !== 'part' });
    if (source.pattern !== undefined && source.kind === 'pattern') {
      const { pattern, problem } = compilePattern(source.pattern, { ignore_case: source.ignore_case ?? false });
      if (problem === undefined) texts.push({ kind: 'pattern', pattern });
      else report('pattern', 'pattern_invalid', problem.message, problem.hint);
    }
    if (source.data !== undefined && source.kind === 'callback' && checkData(source.data, report))
      callbacks.push({ data: source.data, is_exact: source.match !== 'start' });
    if (source.kind === 'schedule') {
      const compiled = compileSchedule(source, report);
      if (compiled !== null) schedules.push(compiled);
    }
    if (source.event !== undefined && source.kind === 'event') {
      if (source.emoji !== undefined && source.event !== 'reaction')
        report('emoji', 'not_for_trigger', `"emoji" is not allowed with the event "${source.event}"`, 'Remove it.');
      events.push({ event: source.event, emoji: source.event === 'reaction' ? (source.emoji ?? null) : null });
    }
  }
  return {
    triggers: {
      commands: [...commands],
      payloads,
      texts,
      first_contact: has('first_contact'),
      payment: has('payment'),
      fallback: has('fallback'),
      callbacks,
      events,
      schedules,
    },
    problems,
  };
}

/**
 * Normalizes a text for the comparison with keywords: lower case, single spaces, no punctuation or spaces at the ends.
 */
export function normalizeText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
}

/** Valid payload of a deep link (https://core.telegram.org/bots/features#deep-linking). */
const LINK_PAYLOAD_PATTERN = /^[\w-]+$/;

type Report = (key: string, code: FlowProblemCode, message: string, hint?: string) => void;
type Field = Exclude<keyof TriggerSource, 'kind'>;

const FIELDS_BY_KIND: {
  readonly [Kind in TriggerKind]: {
    readonly required: readonly Field[];
    readonly optional: readonly Field[];
    readonly match?: readonly TriggerSource['match'][];
  };
} = {
  command: { required: ['command'], optional: ['payload', 'match'], match: ['whole', 'start'] },
  keyword: { required: ['words'], optional: ['match'], match: ['whole', 'part'] },
  pattern: { required: ['pattern'], optional: ['ignore_case'] },
  first_contact: { required: [], optional: [] },
  callback: { required: ['data'], optional: ['match'], match: ['whole', 'start'] },
  event: { required: ['event'], optional: ['emoji'] },
  payment: { required: [], optional: [] },
  schedule: { required: ['cron'], optional: ['time_zone', 'tag', 'missed'] },
  fallback: { required: [], optional: [] },
};

/** The fields that are not `kind`, in the order of the schema. */
const ALL_FIELDS = Object.keys(trigger.shape).filter((name): name is Field => name !== 'kind');

function checkFields(source: TriggerSource, report: Report): void {
  const { required, optional, match } = FIELDS_BY_KIND[source.kind];
  for (const field of required) if (source[field] === undefined) report(field, 'required', `"${field}" is missing`);
  for (const field of ALL_FIELDS) {
    if (source[field] !== undefined && !required.includes(field) && !optional.includes(field))
      report(
        field,
        'not_for_trigger',
        `"${field}" is not allowed for a trigger of the kind "${source.kind}"`,
        'Remove it.',
      );
  }
  if (source.match !== undefined && match?.includes(source.match) === false)
    report(
      'match',
      'not_for_trigger',
      `A trigger of the kind "${source.kind}" cannot match "${source.match}"`,
      `Use one of ${match.join(', ')}.`,
    );
  if (source.match !== undefined && source.kind === 'command' && source.payload === undefined)
    report('payload', 'required', '"payload" is missing', '"match" specifies how it is compared.');
}

function compileSchedule(
  { cron: source, time_zone, tag, missed }: TriggerSource,
  report: Report,
): ScheduleTrigger | null {
  const cron = source === undefined ? null : readCron(source);
  const isZone = time_zone === undefined || isTimeZone(time_zone);
  if (source !== undefined && cron === null)
    report(
      'cron',
      'time_invalid',
      'This is not a valid schedule: it needs minute, hour, day of the month, month and day of the week',
      'An example is "30 9 * * mon-fri".',
    );
  if (!isZone)
    report(
      'time_zone',
      'time_zone_unknown',
      `The time zone "${time_zone}" does not exist`,
      'Use an IANA name, such as "Europe/Berlin".',
    );
  return cron === null || !isZone
    ? null
    : { cron, time_zone: time_zone ?? null, tag: tag ?? null, missed: missed ?? 'skip' };
}

/** Returns true if a button can have this data and a trigger may use it. */
function checkData(data: string, report: Report): boolean {
  if (data.startsWith(CALLBACK_PREFIX))
    report(
      'data',
      'callback_data_reserved',
      `Data that starts with "${CALLBACK_PREFIX}" is reserved for generated callback data`,
      'Use other data.',
    );
  else if (new TextEncoder().encode(data).length > FLOW_LIMITS.callbackData)
    report('data', 'callback_data_too_long', `Callback data has at most ${FLOW_LIMITS.callbackData} bytes`);
  else return true;
  return false;
}

export { FIELDS_BY_KIND as TRIGGER_FIELDS };
