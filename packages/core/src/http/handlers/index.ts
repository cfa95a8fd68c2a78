import {
  getFile,
  listAnswers,
  listApiKeys,
  listDeadLetters,
  raiseEvent,
  replayDeadLetter,
  revokeApiKey,
} from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import type { Handlers } from '../handlers-type.ts';
import { bots } from './bots.ts';
import { flows } from './flows.ts';
import type { HandlerContext } from './handler-context.ts';
import { messages } from './messages.ts';
import { secrets } from './secrets.ts';
import { sessions } from './sessions.ts';
import { system } from './system.ts';
import { uploads } from './uploads.ts';
import { users } from './users.ts';

/** The webhook is not among them: it has a route of its own, for speed. */
export type ApiContract = Omit<typeof contract, 'webhook'>;

/** Every call of the API; one that is missing does not compile. */
export const handlers = {
  bots,
  flows,
  users,
  sessions,
  events: {
    raise: ({ principal, params, body }, context) => raiseEvent(context, principal, params.id, params.user_id, body),
  },
  messages,
  answers: { list: ({ principal, params, query }, context) => listAnswers(context, principal, params.id, query) },
  files: { get: ({ principal, params }, context) => getFile(context, principal, params.id, params.file_id) },
  uploads,
  secrets,
  deadLetters: {
    list: ({ principal, params, query }, context) => listDeadLetters(context, principal, params.id, query),
    replay: async ({ principal, params }, context) => ({
      result: await replayDeadLetter(context, principal, params.id, params.dead_letter_id),
    }),
  },
  apiKeys: {
    list: ({ principal, query }, context) => listApiKeys(context, principal, query),
    revoke: ({ principal, params }, context) => revokeApiKey(context, principal, params.api_key_id),
  },
  system,
} satisfies Handlers<ApiContract, HandlerContext>;
