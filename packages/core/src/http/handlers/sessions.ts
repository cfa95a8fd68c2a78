import { commandSession, getSession, listSessions, moveSession } from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import type { Handlers } from '../handlers-type.ts';
import type { HandlerContext } from './handler-context.ts';

export const sessions: Handlers<typeof contract, HandlerContext>['sessions'] = {
  list: ({ principal, params, query }, context) => listSessions(context, principal, params.id, query),
  get: ({ principal, params }, context) => getSession(context, principal, params.id, params.session_id),
  move: ({ principal, params, body }, context) => moveSession(context, principal, params.id, params.session_id, body),
  reset: ({ principal, params }, context) =>
    commandSession(context, principal, params.id, params.session_id, { kind: 'reset' }),
  giveBack: ({ principal, params }, context) =>
    commandSession(context, principal, params.id, params.session_id, { kind: 'give_back' }),
  end: ({ principal, params }, context) =>
    commandSession(context, principal, params.id, params.session_id, { kind: 'end' }),
};
