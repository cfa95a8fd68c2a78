import { analyzeFlow, type FlowAnalysis } from '../analyze-flow.ts';
import { commandName } from '../build-bot-program.ts';
import type { FlowProblem } from '../flow-problem.ts';
import type { KnownFlow } from '../known-flow.ts';

/** Finds triggers that another flow of the bot already has. Only one of the two flows would ever start. */
export function triggerConflicts(
  { exclusive_triggers: trigger_paths }: FlowAnalysis,
  others: readonly KnownFlow[],
): FlowProblem[] {
  if (trigger_paths.length === 0) return [];
  const taken = new Map<string, string>(
    others.flatMap((flow) => exclusiveNamesOf(flow).map((name) => [name, flow.name] as const)),
  );
  return trigger_paths.flatMap(({ name, path }) => {
    const owner = taken.get(name);
    return owner === undefined
      ? []
      : [{ path, code: 'duplicate_trigger' as const, message: `The flow "${owner}" already has the trigger ${name}` }];
  });
}

function exclusiveNamesOf({ trigger_command, flow_data }: KnownFlow): string[] {
  const own = trigger_command === null ? [] : [`/${commandName(trigger_command)}`];
  return flow_data === undefined ? own : [...own, ...analyzeFlow(flow_data).exclusive_triggers.map(({ name }) => name)];
}
