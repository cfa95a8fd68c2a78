import { listSecrets, removeSecret, setSecret } from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import type { Handlers } from '../handlers-type.ts';
import type { HandlerContext } from './handler-context.ts';

export const secrets: Handlers<typeof contract, HandlerContext>['secrets'] = {
  list: ({ principal, params, query }, context) => listSecrets(context, principal, params.id, query),
  set: ({ principal, params, body }, context) =>
    setSecret(context, principal, params.id, params.secret_name, body.value),
  remove: ({ principal, params }, context) => removeSecret(context, principal, params.id, params.secret_name),
};
