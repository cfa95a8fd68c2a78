import { nearestHint } from '../did-you-mean.ts';
import type { FlowProblem } from '../flow-problem.ts';
import { pointer } from '../pointer.ts';
import type { StepKind, StepSource } from '../steps/step-kind.ts';
import { isStepType, STEP_KINDS, STEP_TYPES, type CompiledStep, type StepType } from '../steps/step-kinds.ts';
import type { TemplateParser } from '../template/parse-template.ts';
import { parsePart } from './parse-part.ts';
import type { RawStep } from './read-flow.ts';
import { stepContext, type DocumentSteps } from './step-context.ts';
import type { MutableFacts, StepFacts } from './step-facts.ts';

/** Reads and compiles one step. Its problems are in `problems` of the result. */
export function readStep(raw: RawStep, index: number, order: DocumentSteps, parse: TemplateParser): StepFacts {
  const type = stepType(raw);
  if (typeof type !== 'string') return unreadableStep(raw, order.ids[index] ?? null, [type]);
  // A kind compiles only sources of its own type, and its schema validates the value below.
  const kind: StepKind<StepSource, CompiledStep> = STEP_KINDS[type];
  const schema = kind.variant?.(raw.value as Readonly<Record<string, unknown>>) ?? kind.schema; // `stepType` accepts objects only
  const { value, problems, placeholders: stand_ins, is_sound } = parsePart(schema, raw.value, raw.path);
  if (value === null) return unreadableStep(raw, order.ids[index] ?? null, problems);
  const facts = emptyFacts(raw, order.ids[index] ?? null, problems, is_sound);
  facts.placeholders = stand_ins;
  if (stand_ins.size > 0) facts.strings = collectStrings(raw.value);
  const context = stepContext(facts, stand_ins, raw, index, order, parse);
  const compiled = kind.compile(value, context);
  if (value.on_error !== undefined) facts.on_error = context.stepReference(value.on_error, '/on_error');
  facts.step = compiled;
  return facts;
}

function emptyFacts(raw: RawStep, id: string | null, problems: readonly FlowProblem[], runs: boolean): MutableFacts {
  return {
    id,
    path: raw.path,
    problems: [...problems],
    step: null,
    is_runnable: runs,
    strings: EMPTY_SET,
    placeholders: EMPTY_SET,
    links: [],
    press_links: [],
    flows: [],
    sets: [],
    secrets: [],
    uploads: [],
    templates: [],
    callbacks: [],
    is_waiting: false,
    on_error: null,
  };
}

function unreadableStep(raw: RawStep, id: string | null, problems: readonly FlowProblem[]): StepFacts {
  return { ...emptyFacts(raw, id, problems, false), strings: collectStrings(raw.value) };
}

const EMPTY_SET: ReadonlySet<string> = new Set();

function stepType({ value, path }: RawStep): StepType | FlowProblem {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { path, code: 'wrong_type', message: 'A step must be a JSON object' };
  const type: unknown = 'type' in value ? value.type : undefined;
  if (isStepType(type)) return type;
  const at = pointer(path, 'type');
  if (type === undefined)
    return {
      path: at,
      code: 'required',
      message: '"type" is missing',
      hint: `Step types: ${STEP_TYPES.join(', ')}.`,
    };
  return {
    path: at,
    code: 'step_type_unknown',
    message: `The step type ${JSON.stringify(type)} does not exist`,
    hint: nearestHint(typeof type === 'string' ? type : '', STEP_TYPES),
  };
}

function collectStrings(data: unknown): Set<string> {
  const found = new Set<string>();
  const pending: unknown[] = [data];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'string') found.add(value);
    else if (typeof value === 'object' && value !== null) pending.push(...Object.values<unknown>({ ...value }));
  }
  return found;
}
