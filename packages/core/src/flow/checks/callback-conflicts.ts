import { analyzeFlow, type FlowAnalysis } from '../analyze-flow.ts';
import type { FlowProblem } from '../flow-problem.ts';
import type { KnownFlow } from '../known-flow.ts';

/** Callback data that two buttons share: only one of them would ever be pressed. */
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
          message: `A button of ${owner} has the callback data "${data}"`,
          hint: 'Leave it out: Botloom then makes its own.',
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
