import type { JsonObject } from '../../model/index.ts';
import { analyzeFlow, type FlowAnalysis } from '../analyze-flow.ts';
import type { FlowProblem } from '../flow-problem.ts';
import type { KnownFlow } from '../known-flow.ts';
import { FLOW_LIMITS } from '../limits.ts';

/** Reports more commands with a description than Telegram lists: the last ones would be missing in the bot's menu. */
export function menuSize(
  { program, triggers }: FlowAnalysis,
  self: Omit<KnownFlow, 'flow_data'> | undefined,
  others: readonly KnownFlow[],
): FlowProblem[] {
  if ((program?.menu ?? null) === null) return [];
  const own = triggers.commands.length + commandCount(self);
  const listed = others.reduce(
    (sum, flow) =>
      sum + (isListed(flow.flow_data) ? commandCount(flow) + analyzeFlow(flow.flow_data).triggers.commands.length : 0),
    own,
  );
  if (listed <= FLOW_LIMITS.menuCommands) return [];
  return [
    {
      path: '/description',
      code: 'too_big',
      message:
        `The bot has ${listed} commands with a description; ` + `Telegram lists at most ${FLOW_LIMITS.menuCommands}`,
      hint: 'Remove the description of a flow. Its commands then work without being listed.',
    },
  ];
}

function commandCount(flow: Pick<KnownFlow, 'trigger_command'> | undefined): number {
  return (flow?.trigger_command ?? null) === null ? 0 : 1;
}

function isListed(flow_data: JsonObject | undefined): boolean {
  return flow_data?.description !== undefined;
}
