import { analyzeFlow, type FlowAnalysis } from '../analyze-flow.ts';
import type { FlowProblem } from '../flow-problem.ts';
import type { KnownFlow } from '../known-flow.ts';

/** Finds callback data that two buttons share. A press could only reach one of them. */
export function callbackConflicts({ steps }: FlowAnalysis, others: readonly KnownFlow[]): FlowProblem[] {
  const own = steps.flatMap((step) => step.callbacks);
  if (own.length === 0) return [];
  const taken = new Map<string, string>(
    others.flatMap((flow) => callbacksOf(flow).map((data) => [data, `the flow "${flow.name}"`] as const)),
  );
  return own.flatMap(({ data, path }) => {
    const owner = taken.get(data);
    if (owner !== undefined)
      return [
        {
          path,
          code: 'duplicate_callback_data',
          message: `A button of ${owner} has the same callback data "${data}"`,
          hint: 'Remove it. Botloom then generates unique data.',
        },
      ];
    taken.set(data, 'this flow');
    return [];
  });
}

function callbacksOf({ flow_data }: KnownFlow): string[] {
  return flow_data === undefined
    ? []
    : analyzeFlow(flow_data).steps.flatMap((step) => step.callbacks.map(({ data }) => data));
}
