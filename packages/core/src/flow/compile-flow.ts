import { BotloomError, formatProblems } from '../errors/index.ts';
import { analyzeFlow } from './analyze-flow.ts';
import { listProblems } from './flow-problem.ts';
import type { FlowProgram } from './program.ts';
import type { TemplateParser } from './template/parse-template.ts';

/**
 * Compiles a flow document into what the engine runs. Problems that only matter when a flow is written (a step that nothing leads
 * to, a row with nine buttons) do not stop it: what is stored keeps running.
 *
 * @param parse - a parser to share between documents
 * @throws BotloomError FLOW_DATA_INVALID with every problem, when the document cannot run
 * @example
 * const program = compileFlow({ response: 'Hello {{ user.first_name }}' });
 */
export function compileFlow(data: unknown, parse?: TemplateParser): FlowProgram {
  const { program, problems } = analyzeFlow(data, parse);
  if (program === null) {
    const listed = listProblems(problems);
    throw new BotloomError('FLOW_DATA_INVALID', formatProblems(listed), { problems: listed });
  }
  return program;
}
