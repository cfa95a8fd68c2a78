import type { FlowAnalysis } from '../analyze-flow.ts';
import type { FlowProblem } from '../flow-problem.ts';
import type { StepGraph } from './step-graph.ts';

/** Finds loops of steps that never wait. A session could not leave such a loop. */
export function endlessLoops({ steps }: FlowAnalysis, { immediate }: StepGraph): FlowProblem[] {
  // Only steps that continue at once can be part of such a loop.
  const rest = new Map(
    steps.flatMap((step, index) =>
      step.step === null || step.is_waiting ? [] : [[index, immediate[index] ?? []] as const],
    ),
  );
  const problems: FlowProblem[] = [];
  for (;;) {
    removeAcyclicSteps(rest);
    const [first] = rest.keys();
    if (first === undefined) return problems;
    const round = findCycle(first, rest);
    const names = [...round, ...round.slice(0, 1)].map((index) => steps[index]?.id ?? String(index));
    problems.push({
      path: steps[Math.min(...round)]?.path ?? '',
      code: 'endless_loop',
      message: `These steps form a loop that never waits: ${abbreviate(names).join(' → ')}`,
      hint: 'Add a question, a menu or a wait to the loop, or end it.',
    });
    for (const index of round) rest.delete(index);
  }
}

/** Removes steps that lead to no remaining step, until no such step is left. The rest lead into loops. */
function removeAcyclicSteps(rest: Map<number, readonly number[]>): void {
  const sources = new Map<number, number[]>();
  const open = new Map<number, number>();
  for (const [index, targets] of rest) {
    const within = targets.filter((target) => rest.has(target));
    open.set(index, within.length);
    for (const target of within) sources.set(target, [...(sources.get(target) ?? []), index]);
  }
  const ended = [...open].flatMap(([index, count]) => (count === 0 ? [index] : []));
  for (let index = ended.pop(); index !== undefined; index = ended.pop()) {
    rest.delete(index);
    for (const source of sources.get(index) ?? []) {
      const left = (open.get(source) ?? 0) - 1;
      open.set(source, left);
      if (left === 0) ended.push(source);
    }
  }
}

/** Returns a loop. Every remaining step leads to another one, so following the links always ends in a loop. */
function findCycle(first: number, rest: ReadonlyMap<number, readonly number[]>): number[] {
  const way: number[] = [];
  const seen = new Map<number, number>();
  for (let at: number | undefined = first; at !== undefined; at = rest.get(at)?.find((target) => rest.has(target))) {
    const start = seen.get(at);
    if (start !== undefined) return way.slice(start);
    seen.set(at, way.length);
    way.push(at);
  }
  return way;
}

function abbreviate(names: readonly string[]): readonly string[] {
  return names.length <= 8 ? names : [...names.slice(0, 5), '…', ...names.slice(-2)];
}
