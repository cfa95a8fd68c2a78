import type { ChatEventName } from './chat-events.ts';
import { CALLBACK_PREFIX } from '../callback-data.ts';
import type { FlowProblem, FlowProblemCode } from '../flow-problem.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { compilePattern, type Pattern } from '../pattern/compile-pattern.ts';
import { trigger, type TriggerKind, type TriggerSource } from './trigger-schema.ts';

/** What starts a flow. */
export interface CompiledTriggers {
  /** Without the slash, lower case. */
  readonly commands: readonly string[];
  readonly texts: readonly TextTrigger[];
  readonly first_contact: boolean;
  /** Payments that no step waits for. */
  readonly payment: boolean;
  readonly fallback: boolean;
  readonly callbacks: readonly CallbackTrigger[];
  readonly events: readonly EventTrigger[];
}

/** A trigger that looks at the data of a pressed button. */
export interface CallbackTrigger {
  readonly data: string;
  readonly is_whole: boolean;
}

/** A trigger that looks at what happens in a chat. `emoji`: of a reaction; null: any. */
export interface EventTrigger {
  readonly event: ChatEventName;
  readonly emoji: readonly string[] | null;
}

/** A trigger that looks at what a person writes. `words` are in the form that {@link plainText} gives. */
export type TextTrigger =
  | { readonly kind: 'keyword'; readonly words: readonly string[]; readonly is_whole: boolean }
  | { readonly kind: 'pattern'; readonly pattern: Pattern };

export const NO_TRIGGERS: CompiledTriggers = Object.freeze({ commands: [], texts: [], first_contact: false, payment: false, fallback: false, callbacks: [], events: [] });

/** Compiles the triggers of a document; one with a problem is left out. */
export function compileTriggers(sources: readonly TriggerSource[]): { readonly triggers: CompiledTriggers; readonly problems: readonly FlowProblem[] } {
  if (sources.length === 0) return { triggers: NO_TRIGGERS, problems: [] };
  const problems: FlowProblem[] = [];
  const commands = new Set<string>();
  const texts: TextTrigger[] = [];
  const callbacks: CallbackTrigger[] = [];
  const events: EventTrigger[] = [];
  const has = (wanted: TriggerKind): boolean => sources.some(({ kind }) => kind === wanted);
  for (const [index, source] of sources.entries()) {
    const report: Report = (key, code, message, hint) => {
      problems.push({ path: `/triggers/${index}/${key}`, code, message, hint });
    };
    checkFields(source, report);
    if (source.command !== undefined && source.kind === 'command') {
      const name = source.command.replace(/^\//, '').toLowerCase();
      if (commands.has(name)) report('command', 'duplicate_trigger', `The flow has the command "/${name}" already`);
      commands.add(name);
    }
    if (source.words !== undefined && source.kind === 'keyword')
      texts.push({ kind: 'keyword', words: source.words.map(plainText), is_whole: source.match !== 'part' });
    if (source.pattern !== undefined && source.kind === 'pattern') {
      const { pattern, problem } = compilePattern(source.pattern, { ignore_case: source.ignore_case ?? false });
      if (problem === undefined) texts.push({ kind: 'pattern', pattern });
      else report('pattern', 'pattern_invalid', problem.message, problem.hint);
    }
    if (source.data !== undefined && source.kind === 'callback' && checkData(source.data, report)) callbacks.push({ data: source.data, is_whole: source.match !== 'start' });
    if (source.event !== undefined && source.kind === 'event') {
      if (source.emoji !== undefined && source.event !== 'reaction') report('emoji', 'not_for_trigger', `"emoji" does not go with the event "${source.event}"`, 'Leave it out.');
      events.push({ event: source.event, emoji: source.event === 'reaction' ? (source.emoji ?? null) : null });
    }
  }
  return { triggers: { commands: [...commands], texts, first_contact: has('first_contact'), payment: has('payment'), fallback: has('fallback'), callbacks, events }, problems };
}

/** A text as keywords are compared: lower case, words one space apart, nothing around them but letters and digits. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
}

type Report = (key: string, code: FlowProblemCode, message: string, hint?: string) => void;
type Field = Exclude<keyof TriggerSource, 'kind'>;

const FIELDS: { readonly [Kind in TriggerKind]: { readonly needs: readonly Field[]; readonly may: readonly Field[]; readonly match?: readonly TriggerSource['match'][] } } = {
  command: { needs: ['command'], may: [] },
  keyword: { needs: ['words'], may: ['match'], match: ['whole', 'part'] },
  pattern: { needs: ['pattern'], may: ['ignore_case'] },
  first_contact: { needs: [], may: [] },
  callback: { needs: ['data'], may: ['match'], match: ['whole', 'start'] },
  event: { needs: ['event'], may: ['emoji'] },
  payment: { needs: [], may: [] },
  fallback: { needs: [], may: [] },
};

/** The fields that are not `kind`, in the order of the schema. */
const ALL_FIELDS = Object.keys(trigger.shape).filter((name): name is Field => name !== 'kind');

function checkFields(source: TriggerSource, report: Report): void {
  const { needs, may, match } = FIELDS[source.kind];
  for (const field of needs) if (source[field] === undefined) report(field, 'required', `"${field}" is missing`);
  for (const field of ALL_FIELDS) {
    if (source[field] !== undefined && !needs.includes(field) && !may.includes(field))
      report(field, 'not_for_trigger', `"${field}" does not go with a trigger of the kind "${source.kind}"`, 'Leave it out.');
  }
  if (source.match !== undefined && match?.includes(source.match) === false)
    report('match', 'not_for_trigger', `A trigger of the kind "${source.kind}" cannot match "${source.match}"`, `It is one of ${match.join(', ')}.`);
}

/** Whether a button can have the data and a flow may look for it. */
function checkData(data: string, report: Report): boolean {
  if (data.startsWith(CALLBACK_PREFIX)) report('data', 'callback_data_reserved', `Data that begins with "${CALLBACK_PREFIX}" is what flows make for their own buttons`, 'Use other data.');
  else if (new TextEncoder().encode(data).length > FLOW_LIMITS.callbackData) report('data', 'callback_data_too_long', `No button has more than ${FLOW_LIMITS.callbackData} bytes of data`);
  else return true;
  return false;
}

export { FIELDS as TRIGGER_FIELDS };
