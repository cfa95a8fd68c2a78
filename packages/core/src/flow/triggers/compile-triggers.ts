import type { FlowProblem, FlowProblemCode } from '../flow-problem.ts';
import { compilePattern, type Pattern } from '../pattern/compile-pattern.ts';
import type { TriggerKind, TriggerSource } from './trigger-schema.ts';

/** What starts a flow. */
export interface CompiledTriggers {
  /** Without the slash, lower case. */
  readonly commands: readonly string[];
  readonly texts: readonly TextTrigger[];
  readonly first_contact: boolean;
}

/** A trigger that looks at what a person writes. `words` are in the form that {@link plainText} gives. */
export type TextTrigger =
  | { readonly kind: 'keyword'; readonly words: readonly string[]; readonly is_whole: boolean }
  | { readonly kind: 'pattern'; readonly pattern: Pattern };

export const NO_TRIGGERS: CompiledTriggers = Object.freeze({ commands: [], texts: [], first_contact: false });

/** Compiles the triggers of a document; one with a problem is left out. */
export function compileTriggers(sources: readonly TriggerSource[]): { readonly triggers: CompiledTriggers; readonly problems: readonly FlowProblem[] } {
  if (sources.length === 0) return { triggers: NO_TRIGGERS, problems: [] };
  const problems: FlowProblem[] = [];
  const commands = new Set<string>();
  const texts: TextTrigger[] = [];
  for (const [index, source] of sources.entries()) {
    const report = (key: string, code: FlowProblemCode, message: string, hint?: string): void => {
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
  }
  return { triggers: { commands: [...commands], texts, first_contact: sources.some(({ kind }) => kind === 'first_contact') }, problems };
}

/** A text as keywords are compared: lower case, words one space apart, nothing around them but letters and digits. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
}

const FIELDS: { readonly [Kind in TriggerKind]: { readonly needs: readonly Field[]; readonly may: readonly Field[] } } = {
  command: { needs: ['command'], may: [] },
  keyword: { needs: ['words'], may: ['match'] },
  pattern: { needs: ['pattern'], may: ['ignore_case'] },
  first_contact: { needs: [], may: [] },
};

type Field = Exclude<keyof TriggerSource, 'kind'>;

function checkFields(source: TriggerSource, report: (key: string, code: FlowProblemCode, message: string, hint?: string) => void): void {
  const { needs, may } = FIELDS[source.kind];
  for (const field of needs) if (source[field] === undefined) report(field, 'required', `"${field}" is missing`);
  for (const field of ['command', 'words', 'match', 'pattern', 'ignore_case'] as const) {
    if (source[field] !== undefined && !needs.includes(field) && !may.includes(field))
      report(field, 'not_for_trigger', `"${field}" does not go with a trigger of the kind "${source.kind}"`, 'Leave it out.');
  }
}
