import type { FlowAnalysis } from '../analyze-flow.ts';
import type { FlowProblem } from '../flow-problem.ts';
import { reachableFrom, type StepGraph } from './step-graph.ts';

/** Finds steps that cannot be reached from the first step. */
export function unreachableSteps({ steps, initial }: FlowAnalysis, graph: StepGraph): FlowProblem[] {
  if (initial === -1) return [];
  const reached = reachableFrom(graph, [initial]);
  return steps.flatMap(({ path, id }, index) =>
    reached.has(index)
      ? []
      : [
          {
            path,
            code: 'unreachable_step',
            message: `No path leads to the step "${id ?? index}"`,
            hint: 'Refer to it in "next" or "initial_step", or remove it.',
          },
        ],
  );
}
