import {
  createBot,
  deleteBot,
  getBot,
  getBotStats,
  listBots,
  removeWebhook,
  setWebhook,
  updateBot,
} from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import type { Handlers } from '../handlers-type.ts';
import type { HandlerContext } from './handler-context.ts';

export const bots: Handlers<typeof contract, HandlerContext>['bots'] = {
  create: ({ principal, body }, context) => createBot(context, principal, body),
  list: ({ principal, query }, context) => listBots(context, principal, query),
  get: ({ principal, params }, context) => getBot(context, principal, params.id),
  update: ({ principal, params, query, body }, context) => updateBot(context, principal, params.id, body, query),
  delete: ({ principal, params, query }, context) => deleteBot(context, principal, params.id, query),
  setWebhook: ({ principal, params }, context) => setWebhook(context, principal, params.id),
  removeWebhook: ({ principal, params }, context) => removeWebhook(context, principal, params.id),
  stats: ({ principal, params }, context) => getBotStats(context, principal, params.id),
};
