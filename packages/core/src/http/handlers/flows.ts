import { createFlow, deleteFlow, getFlow, listFlows, startFlow, updateFlow } from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import { BotloomError, isBotloomError, problemsInWords } from '../../errors/index.ts';
import type { Flow } from '../../model/index.ts';
import type { Handlers } from '../handlers-type.ts';
import type { HandlerContext } from './handler-context.ts';

export const flows: Handlers<typeof contract, HandlerContext>['flows'] = {
  create: ({ principal, params, body }, context) => inBody(createFlow(context, principal, params.id, body)),
  list: ({ principal, params, query }, context) => listFlows(context, principal, params.id, query),
  get: ({ principal, params }, context) => getFlow(context, principal, params.id, params.flow_id),
  replace: ({ principal, params, body }, context) =>
    inBody(updateFlow(context, principal, params.id, params.flow_id, body)),
  start: ({ principal, params, body }, context) =>
    startFlow(context, principal, params.id, params.user_id, params.flow_id, body),
  delete: ({ principal, params }, context) => deleteFlow(context, principal, params.id, params.flow_id),
};

/** Problems of a flow have their place in the document; the caller sent a body that the document is a member of. */
async function inBody(writing: Promise<Flow>): Promise<Flow> {
  try {
    return await writing;
  } catch (error) {
    if (!isBotloomError(error) || error.code !== 'FLOW_DATA_INVALID') throw error;
    const problems = error.problems.map((problem) => ({ ...problem, path: `/flow_data${problem.path}` }));
    throw new BotloomError(error.code, problemsInWords(problems), { problems });
  }
}
