import type { FlowAnalysis } from '../analyze-flow.ts';
import { nearestHint } from '../did-you-mean.ts';
import type { FlowProblem } from '../flow-problem.ts';

/** Finds secrets that the bot does not have. */
export function unknownSecrets({ steps }: FlowAnalysis, names: ReadonlySet<string>): FlowProblem[] {
  return steps.flatMap(({ secrets }) =>
    secrets.flatMap(({ name, path }): FlowProblem[] => {
      if (names.has(name)) return [];
      const hint = nearestHint(name, [...names]) ?? 'Store it first: PUT /api/bots/{id}/secrets/{name}.';
      return [{ path, code: 'unknown_secret', message: `The bot has no secret "${name}"`, hint }];
    }),
  );
}
