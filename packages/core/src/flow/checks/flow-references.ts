import { analyzeFlow, type FlowAnalysis } from '../analyze-flow.ts';
import { commandName } from '../build-bot-program.ts';
import { nearestHint } from '../did-you-mean.ts';
import type { FlowProblem } from '../flow-problem.ts';
import type { KnownFlow } from '../known-flow.ts';

/** Finds references to flows that the bot does not have, and to names that two flows share. */
export function flowReferences({ steps }: FlowAnalysis, flows: readonly KnownFlow[]): FlowProblem[] {
  const references = steps.flatMap((step) => step.flows);
  if (references.length === 0) return [];
  const named = flows.map((flow): NamedFlow => ({ ...flow, commands: commandsOf(flow) }));
  return references.flatMap(({ reference, path }) => referenceProblem(reference, path, named));
}

interface NamedFlow extends KnownFlow {
  /** Without the slash. */
  readonly commands: readonly string[];
}

function commandsOf({ trigger_command, flow_data }: KnownFlow): string[] {
  const own = trigger_command === null ? [] : [commandName(trigger_command)];
  return flow_data === undefined ? own : [...own, ...analyzeFlow(flow_data).triggers.commands];
}

function referenceProblem(reference: string, path: string, flows: readonly NamedFlow[]): FlowProblem[] {
  const found = flows.filter((flow) => matchesReference(reference, flow));
  if (found.length === 1) return [];
  if (found.length > 1)
    return [
      {
        path,
        code: 'ambiguous_flow',
        message: `${found.length} flows have the name "${reference}"`,
        hint: 'Use the ID or the command of the flow.',
      },
    ];
  const candidates = flows.flatMap(({ name, commands }) => [name, ...commands.map((command) => `/${command}`)]);
  return [
    {
      path,
      code: 'dangling_flow',
      message: `The bot has no flow "${reference}"`,
      hint: nearestHint(reference, candidates),
    },
  ];
}

function matchesReference(reference: string, { flow_id, name, commands }: NamedFlow): boolean {
  if (reference.startsWith('/')) return commands.includes(commandName(reference));
  return flow_id === reference || name.toLowerCase() === reference.toLowerCase();
}
