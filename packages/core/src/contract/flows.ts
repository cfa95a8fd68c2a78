import { z } from 'zod';
import { isFree, VARIABLE } from '../flow/index.ts';
import { flow, jsonObject, jsonValue } from '../model/index.ts';
import { codeOnly, endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

const flowBody = z.strictObject({
  name: z.string().trim().min(1).max(128),
  flow_data: jsonObject.describe('The conversation, in any of the three forms: a response, steps, or a menu.'),
  trigger_command: z
    .string()
    .regex(/^\/?[A-Za-z0-9_]{1,32}$/, 'must be a command: letters, digits and underscores, at most 32')
    .overwrite((command) => command.replace(/^\//, '').toLowerCase())
    .nullable()
    .default(null)
    .describe('The command that starts it, with or without the slash.'),
  is_default: z
    .boolean()
    .default(false)
    .describe('Answers what no command and no waiting step takes. At most one a bot.'),
  is_active: z.boolean().default(true),
});

/** In characters of JSON: the variables are stored in the session. */
const MAX_VARIABLES_LENGTH = 50_000;
/** 2 MiB: flow data may be long. */
const body_limit = 2_097_152;

export const flows = {
  create: endpoint({
    method: 'POST',
    path: '/api/bots/:id/flows',
    permission: 'write',
    body: flowBody,
    body_limit,
    response: flow,
    status: 201,
    errors: ['BOT_NOT_FOUND', 'FLOW_DATA_INVALID', 'FLOW_COMMAND_TAKEN', 'FLOW_DEFAULT_TAKEN'],
    summary: 'Create a flow',
    description: 'Publishes its first version. Wrong flow data is answered with everything that is wrong and where.',
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/flows',
    permission: 'read',
    query: listQuery({}),
    response: pageOf(flow),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'List the flows of a bot, oldest first',
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/bots/:id/flows/:flow_id',
    permission: 'read',
    response: flow,
    errors: ['BOT_NOT_FOUND', 'FLOW_NOT_FOUND'],
    summary: 'Get one flow',
  }),
  start: endpoint({
    method: 'POST',
    path: '/api/bots/:id/users/:user_id/flows/:flow_id/start',
    permission: 'write',
    body: z.strictObject({
      variables: z
        .record(
          z
            .string()
            .regex(VARIABLE, 'must be the name of a variable: letters, digits, `_` and `-`, 64 at most')
            .refine(isFree, 'is a name that templates have for something else'),
          jsonValue,
        )
        .default({})
        .refine(
          (variables) => JSON.stringify(variables).length <= MAX_VARIABLES_LENGTH,
          `must have ${MAX_VARIABLES_LENGTH} characters of JSON at most`,
        )
        .describe('What the flow begins with, besides its own variables.'),
      id: z
        .string()
        .min(1)
        .max(128)
        .optional()
        .describe('Names this call for two days: however often it is made, it starts the flow once.'),
    }),
    response: z.object({
      is_repeated: z.boolean().describe('Whether a call with this id was made before; then nothing has happened.'),
    }),
    errors: [
      'BOT_NOT_FOUND',
      'USER_NOT_FOUND',
      'FLOW_NOT_FOUND',
      'USER_BLOCKED',
      'CONFLICT',
      'RATE_LIMITED',
      'UNAVAILABLE',
    ],
    summary: 'Start a flow for a person',
    description:
      'In their private chat with the bot. A person who is in another flow stays there when this one ends at once; one that asks something takes over. Answered when it is committed; what the flow says is sent after that.',
  }),
  replace: endpoint({
    method: 'PUT',
    path: '/api/bots/:id/flows/:flow_id',
    permission: 'write',
    body: flowBody,
    body_limit,
    response: flow,
    errors: ['BOT_NOT_FOUND', 'FLOW_NOT_FOUND', 'FLOW_DATA_INVALID', 'FLOW_COMMAND_TAKEN', 'FLOW_DEFAULT_TAKEN'],
    summary: 'Replace a flow',
    description: 'Changed flow data publishes a new version; people who are inside stay on theirs.',
  }),
  update: codeOnly('Changes some members of a flow. REST clients replace the whole flow.'),
  delete: endpoint({
    method: 'DELETE',
    path: '/api/bots/:id/flows/:flow_id',
    permission: 'write',
    response: 'empty',
    errors: ['BOT_NOT_FOUND', 'FLOW_NOT_FOUND'],
    summary: 'Delete a flow',
  }),
};
