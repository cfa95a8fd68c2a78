import { analyzeFlow } from './analyze-flow.ts';
import { callbackConflicts } from './checks/callback-conflicts.ts';
import { endlessLoops } from './checks/endless-loops.ts';
import { flowReferences } from './checks/flow-references.ts';
import { menuSize } from './checks/menu-size.ts';
import { stepGraph } from './checks/step-graph.ts';
import { triggerConflicts } from './checks/trigger-conflicts.ts';
import { unknownActions } from './checks/unknown-actions.ts';
import { unknownChats } from './checks/unknown-chats.ts';
import { unknownSecrets } from './checks/unknown-secrets.ts';
import { unknownUploads } from './checks/unknown-uploads.ts';
import { unreachableSteps } from './checks/unreachable-steps.ts';
import { variableReads } from './checks/variable-reads.ts';
import { listProblems, type FlowProblem } from './flow-problem.ts';
import type { FlowContext } from './known-flow.ts';
import { isAtOrBelow } from './read/parse-part.ts';

/**
 * Everything that is wrong with a flow document, at once, with a JSON pointer to each (the first 500). No problem: it may be published.
 *
 * @param data - of any origin: it is not trusted in anything
 * @param context - the bot's other flows; without it nothing is said about references to other flows
 * @example
 * validateFlow({ steps: [{ id: 'a', type: 'message', text: 'Hi {{ nmae }}' }] });
 * // [{ path: '/steps/0/text', code: 'unknown_variable', message: 'No step sets "nmae"', hint: … }]
 */
export function validateFlow(data: unknown, context?: FlowContext): FlowProblem[] {
  const analysis = analyzeFlow(data);
  const graph = stepGraph(analysis);
  const problems = [
    ...analysis.problems,
    ...unreachableSteps(analysis, graph),
    ...endlessLoops(analysis, graph),
    ...variableReads(analysis, graph),
  ];
  const others = context?.flows.filter(({ flow_id }) => flow_id !== context.self?.flow_id) ?? [];
  problems.push(
    ...callbackConflicts(analysis, others),
    ...triggerConflicts(analysis, others),
    ...menuSize(analysis, context?.self, others),
  );
  if (context !== undefined)
    problems.push(...flowReferences(analysis, context.self === undefined ? others : [...others, context.self]));
  if (context?.actions !== undefined) problems.push(...unknownActions(analysis, context.actions));
  if (context?.chats !== undefined) problems.push(...unknownChats(analysis, context.chats));
  if (context?.secrets !== undefined) problems.push(...unknownSecrets(analysis, context.secrets));
  if (context?.uploads !== undefined) problems.push(...unknownUploads(analysis, context.uploads));
  const stand_ins = new Set(analysis.steps.flatMap((step) => [...step.placeholders]));
  // The first were found when the document was read; the others look at what stands in, too.
  return listProblems(
    problems.filter((problem, index) => index < analysis.problems.length || !isAtOrBelow(stand_ins, problem.path)),
  );
}
