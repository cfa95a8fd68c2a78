import { createFlow, deleteFlow, getFlow, listFlows, updateFlow } from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import type { Handlers } from '../handlers-type.ts';
import type { HandlerContext } from './handler-context.ts';

export const flows: Handlers<typeof contract, HandlerContext>['flows'] = {
  create: ({ principal, params, body }, context) => createFlow(context, principal, params.id, body),
  list: ({ principal, params, query }, context) => listFlows(context, principal, params.id, query),
  get: ({ principal, params }, context) => getFlow(context, principal, params.id, params.flow_id),
  replace: ({ principal, params, body }, context) => updateFlow(context, principal, params.id, params.flow_id, body),
  delete: ({ principal, params }, context) => deleteFlow(context, principal, params.id, params.flow_id),
};
