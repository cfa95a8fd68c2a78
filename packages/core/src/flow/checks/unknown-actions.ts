import type { FlowAnalysis } from '../analyze-flow.ts';
import { nearestHint } from '../did-you-mean.ts';
import type { FlowProblem } from '../flow-problem.ts';

/** Finds actions that the host does not define. */
export function unknownActions({ steps }: FlowAnalysis, actions: ReadonlySet<string>): FlowProblem[] {
  return steps.flatMap(({ path, step: value }) =>
    value?.kind !== 'action' || actions.has(value.action)
      ? []
      : [
          {
            path: `${path}/action`,
            code: 'unknown_action' as const,
            message: `The action "${value.action}" does not exist`,
            hint:
              nearestHint(value.action, [...actions]) ??
              'Define it with `defineStep`, and pass it to createBotloom({ steps: [...] }).',
          },
        ],
  );
}
