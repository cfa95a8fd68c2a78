import { createHinter } from './did-you-mean.ts';
import type { FlowProblem } from './flow-problem.ts';
import { FLOW_LIMITS } from './limits.ts';
import { pointer } from './pointer.ts';
import type { FlowProgram } from './program.ts';
import { isAtOrBelow } from './read/parse-part.ts';
import { readFlow, type FlowDocument } from './read/read-flow.ts';
import { readStep } from './read/read-step.ts';
import type { DocumentSteps } from './read/step-context.ts';
import type { StepFacts } from './read/step-facts.ts';
import { nameProblem } from './template/names.ts';
import { createTemplateParser, type TemplateParser } from './template/parse-template.ts';
import { compileTriggers, NO_TRIGGERS, type CompiledTriggers } from './triggers/compile-triggers.ts';
import { exclusiveNames } from './triggers/exclusive-names.ts';

/** Result of reading a document once: the input of the compiler and of the checks of the whole flow. */
export interface FlowAnalysis {
  /** Problems of the form, of single steps and of their references. */
  readonly problems: readonly FlowProblem[];
  /** Null if the document cannot run. A document with less serious problems can. */
  readonly program: FlowProgram | null;
  readonly steps: readonly StepFacts[];
  /** Index of the first step; -1 if it is unknown. */
  readonly initial: number;
  /** Variables that the document declares. */
  readonly declared: readonly string[];
  readonly triggers: CompiledTriggers;
  /** Triggers that no other flow may have, as messages name them: `/command`, a keyword in quotes, … */
  readonly exclusive_triggers: readonly { readonly name: string; readonly path: string }[];
}

/** Reads a document and compiles as much of it as possible. Never throws, whatever the document contains. */
export function analyzeFlow(data: unknown, parse: TemplateParser = createTemplateParser()): FlowAnalysis {
  const reading = readFlow(data);
  if (reading.document === null)
    return {
      problems: reading.problems,
      program: null,
      steps: [],
      initial: -1,
      declared: [],
      triggers: NO_TRIGGERS,
      exclusive_triggers: [],
    };
  const { document } = reading;
  const ids = document.steps.map(({ value }) => idOf(value));
  const names = ids.filter((id) => id !== null);
  const order = {
    ids,
    names,
    id_set: new Set(names),
    requires_next: document.states_next,
    hint: createHinter(),
    patterns: { left: FLOW_LIMITS.patterns },
  };
  const initial = document.initial === null ? 0 : ids.indexOf(document.initial.id);
  const isRead = ({ path }: { readonly path: string }): boolean => !isAtOrBelow(document.stand_ins, path);
  const ownProblems = [...duplicateIds(document, ids), ...unknownInitialStep(document, order).filter(isRead)];
  const { triggers, problems: triggerProblems } = compileTriggers(document.triggers);
  // A field that the schema rejected was removed, so it is not missing.
  const refused = new Set(reading.problems.map(({ path }) => path));
  const declaredProblems = [
    ...missingDescription(document),
    ...reservedNames(document),
    ...triggerProblems.filter(
      (problem) => isRead(problem) && (problem.code !== 'required' || !refused.has(problem.path)),
    ),
  ];
  const steps = document.steps.map((raw, index) => readStep(raw, index, order, parse));
  const problems = [
    ...reading.problems,
    ...ownProblems,
    ...declaredProblems,
    ...steps.flatMap((step) => step.problems),
  ];
  const isRunnable = document.is_sound && ownProblems.length === 0 && steps.every((step) => step.is_runnable);
  return {
    problems,
    program: isRunnable ? toProgram(steps, ids[initial] ?? '', document, triggers) : null,
    steps,
    initial,
    declared: [
      ...Object.keys(document.variables),
      ...(document.settings.arguments ?? []).map(({ variable }) => variable),
    ],
    triggers,
    exclusive_triggers: triggerPaths(document).filter(isRead),
  };
}

function toProgram(
  steps: readonly StepFacts[],
  initial: string,
  { variables, settings }: FlowDocument,
  triggers: CompiledTriggers,
): FlowProgram {
  const list = steps.flatMap((step) => (step.step === null ? [] : [step.step]));
  return {
    steps: new Map(list.map((step) => [step.id, step])),
    list,
    initial,
    triggers,
    interruption_policy: settings.interrupted ?? 'end',
    menu:
      settings.description === undefined
        ? null
        : { description: settings.description, descriptions: settings.descriptions ?? {} },
    variables: Object.freeze({ ...variables }),
    arguments: (settings.arguments ?? []).map(({ variable, type = 'text' }) => ({ variable, type })),
    on_error: new Map(
      steps.flatMap(({ id, on_error }) => (id === null || on_error === null ? [] : [[id, on_error] as const])),
    ),
    callbacks: new Map(
      steps.flatMap((step, index) =>
        step.callbacks.map(({ data, button }) => [data, { step: index, button }] as const),
      ),
    ),
  };
}

function idOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null;
}

function duplicateIds(document: FlowDocument, ids: readonly (string | null)[]): FlowProblem[] {
  const first = new Map<string, string>();
  return ids.flatMap((id, index) => {
    const path = document.steps[index]?.path ?? '';
    if (id === null) return [];
    const earlier = first.get(id);
    if (earlier !== undefined)
      return [
        {
          path: `${path}/id`,
          code: 'duplicate_id',
          message: `Another step has the ID "${id}"`,
          hint: `The other one is at ${earlier}.`,
        },
      ];
    first.set(id, path);
    return [];
  });
}

function triggerPaths({ triggers }: FlowDocument): { readonly name: string; readonly path: string }[] {
  return triggers.flatMap((source, index) =>
    exclusiveNames(source).map(({ name, key }) => ({ name, path: `/triggers/${index}/${key}` })),
  );
}

function missingDescription({ settings: { description, descriptions } }: FlowDocument): FlowProblem[] {
  if (description !== undefined || descriptions === undefined) return [];
  return [
    {
      path: '/description',
      code: 'required',
      message: '"description" is missing: Telegram shows it to users whose language is not in "descriptions"',
    },
  ];
}

function reservedNames({ variables, settings }: FlowDocument): FlowProblem[] {
  const names = [
    ...Object.keys(variables).map((name) => ({ name, path: pointer('/variables', name) })),
    ...(settings.arguments ?? []).map(({ variable }, index) => ({
      name: variable,
      path: `/arguments/${index}/variable`,
    })),
  ];
  return names.flatMap(({ name, path }) => {
    const objection = nameProblem(name);
    return objection === null
      ? []
      : [{ path, code: 'name_reserved', message: `The variable cannot have this name: ${objection}` }];
  });
}

function unknownInitialStep({ initial }: FlowDocument, { id_set: known, names, hint }: DocumentSteps): FlowProblem[] {
  if (initial === null || known.has(initial.id)) return [];
  return [
    {
      path: initial.path,
      code: 'dangling_step',
      message: `There is no step "${initial.id}"`,
      hint: hint(initial.id, names),
    },
  ];
}
