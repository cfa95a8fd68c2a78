import { z } from 'zod';
import { isVariableName, VARIABLE_PATTERN } from '../flow/index.ts';
import { flow, jsonObject, jsonValue } from '../model/index.ts';
import { described } from './described.ts';
import { codeOnly, endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

const flowBody = z.strictObject({
  name: z.string().trim().min(1).max(128),
  flow_data: described(jsonObject, 'The conversation, in one of three forms: a response, steps, or a menu.'),
  trigger_command: described(
    z
      .string()
      .regex(/^\/?[A-Za-z0-9_]{1,32}$/, 'must be a command: up to 32 letters, digits and underscores')
      .overwrite((command) => command.replace(/^\//, '').toLowerCase())
      .nullable()
      .default(null),
    'The command that starts the flow, with or without the slash.',
  ),
  is_default: described(
    z.boolean().default(false),
    'Handles messages that match no command and no waiting step. At most one flow per bot.',
  ),
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
    description: 'Publishes the first version. The response to invalid flow data lists every problem with its place.',
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
      variables: described(
        z
          .record(
            z
              .string()
              .regex(VARIABLE_PATTERN, 'must be the name of a variable: up to 64 letters, digits, `_` and `-`')
              .refine(isVariableName, 'is a reserved name of templates'),
            jsonValue,
          )
          .default({})
          .refine(
            (variables) => JSON.stringify(variables).length <= MAX_VARIABLES_LENGTH,
            `must have at most ${MAX_VARIABLES_LENGTH} characters of JSON`,
          ),
        'Variables that the flow starts with, in addition to its own.',
      ),
      id: described(
        z.string().min(1).max(128).optional(),
        'Idempotency key, valid for two days: repeated calls with this ID start the flow only once.',
      ),
    }),
    response: z.object({
      is_repeated: described(z.boolean(), 'True if a call with this ID was made before; this call then had no effect.'),
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
    summary: 'Start a flow for a user',
    description:
      "Starts the flow in the user's private chat with the bot. If the user is in another flow, that flow " +
      'continues when this one ends without waiting; a flow that asks something replaces it. The response is ' +
      'sent when the start is committed; the messages of the flow are sent after that.',
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
    description: 'Changed flow data publishes a new version. Users who are in the flow stay in their version.',
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
