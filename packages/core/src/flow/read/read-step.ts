import type { CompileContext } from '../compile-context.ts';
import { nearestHint, type Hinter } from '../did-you-mean.ts';
import type { FlowProblem, FlowProblemCode } from '../flow-problem.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { compilePattern } from '../pattern/compile-pattern.ts';
import { pointer } from '../pointer.ts';
import type { StepKind, StepSource } from '../steps/step-kind.ts';
import { isStepType, STEP_KINDS, STEP_TYPES, type CompiledStep, type StepType } from '../steps/step-kinds.ts';
import { nameObjection } from '../template/names.ts';
import type { TemplateParser } from '../template/parse-template.ts';
import type { Template, VariableRead } from '../template/template.ts';
import { isWithin, parsePart } from './parse-part.ts';
import type { RawStep } from './read-flow.ts';

/** What the checks of the whole flow know of one step, whatever its kind. Paths are pointers into the document. */
export interface StepFacts {
  readonly id: string | null;
  readonly path: string;
  readonly problems: readonly FlowProblem[];
  /** Null when the step cannot be read; the checks then assume that it may do anything it mentions. */
  readonly value: CompiledStep | null;
  /** The step can run, in spite of what is wrong with it. */
  readonly runs: boolean;
  /** Strings that stand in a step of which something cannot be read. */
  readonly mentions: ReadonlySet<string>;
  /** What stands for what could not be read: nothing more is to be said of these places. */
  readonly stand_ins: ReadonlySet<string>;
  readonly links: readonly string[];
  /** Steps that only a press leads to. */
  readonly later: readonly string[];
  readonly flows: readonly { readonly reference: string; readonly path: string }[];
  readonly sets: readonly string[];
  readonly secrets: readonly { readonly name: string; readonly path: string }[];
  readonly uploads: readonly { readonly id: string; readonly type: string; readonly path: string }[];
  readonly templates: readonly StepReads[];
  readonly callbacks: readonly { readonly data: string; readonly button: number; readonly path: string }[];
  readonly waits: boolean;
  /** Where the flow goes on when the step fails; null: it does not. */
  readonly on_error: string | null;
}

/** What one text or place of a step reads, and what a template assigns for itself. */
export interface StepReads {
  readonly reads: readonly VariableRead[];
  readonly assigns: readonly string[];
  readonly path: string;
  /** Variables that the step itself has set by then. */
  readonly known: ReadonlySet<string> | undefined;
}

/** The steps of a document by id, in its order. */
export interface StepOrder {
  readonly ids: readonly (string | null)[];
  /** Those that have an id; `known` is the same, to look up. */
  readonly names: readonly string[];
  readonly known: ReadonlySet<string>;
  /** Every step states its `next`. */
  readonly states_next: boolean;
  readonly hint: Hinter;
  /** Patterns that the document may still have. */
  readonly patterns: { left: number };
}

/** Reads and compiles one step; everything wrong with it stands in its `problems`. */
export function readStep(raw: RawStep, index: number, order: StepOrder, parse: TemplateParser): StepFacts {
  const type = stepType(raw);
  if (typeof type !== 'string') return unreadable(raw, order.ids[index] ?? null, [type]);
  // A kind takes its own sources only: the schema beside it has just said that this is one.
  const kind: StepKind<StepSource, CompiledStep> = STEP_KINDS[type];
  const schema = kind.variant?.(raw.value as Readonly<Record<string, unknown>>) ?? kind.schema; // what has a type is an object
  const { value, problems, stand_ins, is_sound } = parsePart(schema, raw.value, raw.path);
  if (value === null) return unreadable(raw, order.ids[index] ?? null, problems);
  const facts = emptyFacts(raw, order.ids[index] ?? null, problems, is_sound);
  facts.stand_ins = stand_ins;
  if (stand_ins.size > 0) facts.mentions = stringsIn(raw.value);
  const context = stepContext(facts, stand_ins, raw, index, order, parse);
  const compiled = kind.compile(value, context);
  if (value.on_error !== undefined) facts.on_error = context.leadsTo(value.on_error, '/on_error');
  facts.value = compiled;
  return facts;
}

/** Facts while they are gathered. */
type MutableFacts = {
  -readonly [Key in keyof StepFacts]: StepFacts[Key] extends readonly (infer Item)[] ? Item[] : StepFacts[Key];
};

function emptyFacts(raw: RawStep, id: string | null, problems: readonly FlowProblem[], runs: boolean): MutableFacts {
  return {
    id,
    path: raw.path,
    problems: [...problems],
    value: null,
    runs,
    mentions: NOTHING,
    stand_ins: NOTHING,
    links: [],
    later: [],
    flows: [],
    sets: [],
    secrets: [],
    uploads: [],
    templates: [],
    callbacks: [],
    waits: false,
    on_error: null,
  };
}

function unreadable(raw: RawStep, id: string | null, problems: readonly FlowProblem[]): StepFacts {
  return { ...emptyFacts(raw, id, problems, false), mentions: stringsIn(raw.value) };
}

const NOTHING: ReadonlySet<string> = new Set();

function stepType({ value, path }: RawStep): StepType | FlowProblem {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { path, code: 'wrong_type', message: 'A step is a JSON object' };
  const type: unknown = 'type' in value ? value.type : undefined;
  if (isStepType(type)) return type;
  const at = pointer(path, 'type');
  if (type === undefined)
    return {
      path: at,
      code: 'required',
      message: '"type" is missing',
      hint: `Kinds of step: ${STEP_TYPES.join(', ')}.`,
    };
  return {
    path: at,
    code: 'step_type_unknown',
    message: `There is no kind of step ${JSON.stringify(type)}`,
    hint: nearestHint(typeof type === 'string' ? type : '', STEP_TYPES),
  };
}

function stepContext(
  facts: MutableFacts,
  stand_ins: ReadonlySet<string>,
  raw: RawStep,
  index: number,
  order: StepOrder,
  parse: TemplateParser,
): CompileContext {
  const at = (key: string): string => `${raw.path}${raw.renamed?.[key] ?? key}`;
  // What the schema has refused was left out: that is not missing.
  const isIncomplete = facts.problems.some(({ code }) => code !== 'unknown_key');
  const report = (key: string, code: FlowProblemCode, message: string, hint?: string): void => {
    if ((code === 'required' && isIncomplete) || isWithin(stand_ins, at(key))) return;
    facts.problems.push({ path: at(key), code, message, hint });
  };
  const link = (target: string, key: string, links = facts.links): string => {
    if (order.known.has(target)) links.push(target);
    else {
      facts.runs = false;
      report(key, 'dangling_step', `There is no step "${target}"`, order.hint(target, order.names));
    }
    return target;
  };
  return {
    index,
    report,
    leadsTo: (target, key) => link(target, key),
    leadsToLater: (target, key) => link(target, key, facts.later),
    template(source, key, { escape = 'none', limit = FLOW_LIMITS.text, known } = {}) {
      const { template, problem } = parse(source, escape);
      if (problem !== undefined) {
        facts.runs = false;
        report(
          key,
          'template_invalid',
          `${problem.message} (line ${problem.line}, column ${problem.column})`,
          problem.hint,
        );
        return UNREADABLE_TEMPLATE;
      }
      if (template.literal_length > limit)
        report(
          key,
          'text_too_long',
          `The text has ${template.literal_length} characters; Telegram takes ${limit}`,
          limit === FLOW_LIMITS.text ? 'Split it into two messages.' : undefined,
        );
      facts.templates.push({ reads: template.reads, assigns: template.assigns, path: at(key), known });
      return template;
    },
    next(target, key) {
      if (target === null) return null;
      if (target !== undefined) return link(target, key);
      if (order.states_next) {
        const name = key.slice(key.lastIndexOf('/') + 1);
        report(
          key,
          'required',
          `"${name}" is missing`,
          `With "version": 1 every step states its "${name}"; null ends the flow.`,
        );
      }
      const following = order.states_next ? null : (order.ids[index + 1] ?? null);
      if (following !== null) facts.links.push(following);
      return following;
    },
    leadsToFlow(reference, key) {
      if (!isWithin(stand_ins, at(key))) facts.flows.push({ reference, path: at(key) });
      return reference;
    },
    reads(path, source, key, known) {
      if (path !== null)
        facts.templates.push({ reads: [{ path, line: 1, column: 1 }], assigns: [], path: at(key), known });
      else
        report(
          key,
          'wrong_format',
          `"${source}" names no value`,
          'A variable, or a path such as "user.language" or "items.0".',
        );
      return path ?? [];
    },
    pattern(source, key, options) {
      order.patterns.left -= 1;
      if (order.patterns.left < 0) {
        // Said once; a document with thousands of them must not cost more.
        if (order.patterns.left === -1)
          report(key, 'too_many_patterns', `The flow has more than ${FLOW_LIMITS.patterns} patterns`);
        return null;
      }
      const { pattern, problem } = compilePattern(source, options);
      if (problem === undefined) return pattern;
      report(key, 'pattern_invalid', problem.message, problem.hint);
      return null;
    },
    sets(variable, key) {
      const objection = nameObjection(variable);
      if (objection !== null)
        report(
          key,
          'name_reserved',
          `The answer cannot be kept as a variable: ${objection}`,
          'Give the question a "variable" of another name.',
        );
      facts.sets.push(variable);
      return variable;
    },
    secret(name, key) {
      facts.secrets.push({ name, path: at(key) });
      return name;
    },
    upload(id, type, key) {
      if (!isWithin(stand_ins, at(key))) facts.uploads.push({ id, type, path: at(key) });
    },
    waits() {
      facts.waits = true;
    },
    ownCallback(data, button, key) {
      if (!isWithin(stand_ins, at(key))) facts.callbacks.push({ data, button, path: at(key) });
      return data;
    },
  };
}

/** Stands where a template could not be parsed, so that reading goes on; a flow with one is never run. */
const UNREADABLE_TEMPLATE: Template = {
  source: '',
  constant: '',
  literal_length: 0,
  reads: [],
  assigns: [],
  render: () => '',
};

function stringsIn(data: unknown): Set<string> {
  const found = new Set<string>();
  const pending: unknown[] = [data];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'string') found.add(value);
    else if (typeof value === 'object' && value !== null) pending.push(...Object.values<unknown>({ ...value }));
  }
  return found;
}
