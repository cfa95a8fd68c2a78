import { analyseFlow, type FlowAnalysis } from '../analyse-flow.ts';
import { commandName } from '../build-bot-program.ts';
import type { FlowProblem } from '../flow-problem.ts';
import type { KnownFlow } from '../known-flow.ts';

/** Commands, keywords and the like that start another flow of the bot already: only one of the two would ever start. */
export function triggerConflicts({ trigger_paths }: FlowAnalysis, others: readonly KnownFlow[]): FlowProblem[] {
  if (trigger_paths.length === 0) return [];
  const taken = new Map<string, string>(
    others.flatMap((flow) => takenBy(flow).map((name) => [name, flow.name] as const)),
  );
  return trigger_paths.flatMap(({ name, path }) => {
    const owner = taken.get(name);
    return owner === undefined
      ? []
      : [{ path, code: 'duplicate_trigger' as const, message: `The flow "${owner}" starts by ${name} already` }];
  });
}

function takenBy({ trigger_command, flow_data }: KnownFlow): string[] {
  const own = trigger_command === null ? [] : [`/${commandName(trigger_command)}`];
  return flow_data === undefined ? own : [...own, ...analyseFlow(flow_data).trigger_paths.map(({ name }) => name)];
}
