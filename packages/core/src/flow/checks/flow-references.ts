import type { FlowProblem } from '../flow-problem.ts';
import type { FlowAnalysis } from '../analyse-flow.ts';
import { commandName } from '../build-bot-program.ts';
import { nearestHint } from '../did-you-mean.ts';
import type { KnownFlow } from '../validate-flow.ts';

/** Buttons that lead to flows which the bot does not have, or to a name that two flows share. */
export function flowReferences({ steps }: FlowAnalysis, flows: readonly KnownFlow[]): FlowProblem[] {
  return steps.flatMap((step) => step.flows.flatMap(({ reference, path }) => referenceProblem(reference, path, flows)));
}

function referenceProblem(reference: string, path: string, flows: readonly KnownFlow[]): FlowProblem[] {
  const found = flows.filter((flow) => isMeant(reference, flow));
  if (found.length === 1) return [];
  if (found.length > 1)
    return [
      {
        path,
        code: 'ambiguous_flow',
        message: `${found.length} flows are called "${reference}"`,
        hint: "Use the flow's id or its command.",
      },
    ];
  const candidates = flows.flatMap(({ name, trigger_command }) => [
    name,
    ...(trigger_command === null ? [] : [`/${commandName(trigger_command)}`]),
  ]);
  return [{ path, code: 'dangling_flow', message: `The bot has no flow "${reference}"`, hint: nearestHint(reference, candidates) }];
}

function isMeant(reference: string, { flow_id, name, trigger_command }: KnownFlow): boolean {
  if (reference.startsWith('/')) return trigger_command !== null && commandName(trigger_command) === commandName(reference);
  return flow_id === reference || name.toLowerCase() === reference.toLowerCase();
}
