import type { FlowAnalysis } from '../analyze-flow.ts';
import { createHinter, nearestHint } from '../did-you-mean.ts';
import type { FlowProblem } from '../flow-problem.ts';
import { isNamespace, nameProblem, NAMESPACES, OPEN_MEMBERS, type Namespace } from '../template/names.ts';
import type { VariableRead } from '../template/template.ts';
import { reachableFrom, type StepGraph } from './step-graph.ts';

/** Finds names in templates that no earlier step sets, and reserved names that a template assigns. */
export function variableReads(analysis: FlowAnalysis, graph: StepGraph): FlowProblem[] {
  const { steps } = analysis;
  const setters = setterIndexes(analysis);
  const reachAfter = new Map<string, ReadonlySet<number>>();
  const hint = createHinter();
  // A step that cannot be read is assumed to set every name it mentions.
  const mentioned = new Set(steps.flatMap(({ strings: mentions }) => [...mentions]));
  const declared = new Set(analysis.declared);
  const names = [...new Set([...setters.keys(), ...declared, ...Object.keys(NAMESPACES)])];
  return steps.flatMap((step, index) =>
    step.templates.flatMap(({ reads, assigns, path, known }) => [
      ...assigns.flatMap((name) => assignProblem(name, path)),
      ...distinct(reads).flatMap((read): FlowProblem[] => {
        const [name = ''] = read.path;
        if (isNamespace(name)) return memberProblem(name, read, path);
        const setBy = setters.get(name);
        if (mentioned.has(name) || known?.has(name) === true || declared.has(name)) return [];
        if (setBy === undefined)
          return [{ path, code: 'unknown_variable', message: `No step sets "${name}"`, hint: hint(name, names) }];
        const after =
          reachAfter.get(name) ??
          reachableFrom(
            graph,
            setBy.flatMap((setter) => graph.edges[setter] ?? []),
          );
        reachAfter.set(name, after);
        if (after.has(index)) return [];
        return [
          {
            path,
            code: 'variable_not_set_yet',
            message: `"${name}" has no value here: no earlier step sets it`,
            hint: 'Set the variable, or ask for it, in an earlier step.',
          },
        ];
      }),
    ]),
  );
}

function setterIndexes({ steps }: FlowAnalysis): Map<string, number[]> {
  const setters = new Map<string, number[]>();
  for (const [index, { sets }] of steps.entries()) {
    for (const variable of sets) setters.set(variable, [...(setters.get(variable) ?? []), index]);
  }
  return setters;
}

function memberProblem(namespace: Namespace, { path: [, member] }: VariableRead, path: string): FlowProblem[] {
  const members: readonly string[] = NAMESPACES[namespace];
  if (namespace === 'secrets') {
    const hint =
      'Use `{{ secrets.NAME }}`, without filters, in the url, query, headers, auth, json or form of an http step.';
    return [{ path, code: 'secret_place', message: 'Secrets are not allowed here', hint }];
  }
  if (member === undefined) {
    return [
      {
        path,
        code: 'not_a_value',
        message: `"${namespace}" is not a value but a group of values`,
        hint:
          members.length === 0 ? undefined : `Use one of ${members.map((name) => `${namespace}.${name}`).join(', ')}.`,
      },
    ];
  }
  if (members.includes(member) || OPEN_MEMBERS.has(`${namespace}.${member}`)) return [];
  return [
    {
      path,
      code: 'unknown_variable',
      message: `"${namespace}" has no "${member}"`,
      hint: nearestHint(member, members),
    },
  ];
}

function assignProblem(name: string, path: string): FlowProblem[] {
  const objection = nameProblem(name);
  return objection === null
    ? []
    : [
        {
          path,
          code: 'name_reserved',
          message: `The template cannot assign this name: ${objection}`,
          hint: 'Use another name.',
        },
      ];
}

/** Returns each name once per text. */
function distinct(reads: readonly VariableRead[]): VariableRead[] {
  return [...new Map(reads.map((read) => [read.path.slice(0, 2).join('.'), read])).values()];
}
