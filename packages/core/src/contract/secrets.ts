import { z } from 'zod';
import { secret, SECRET_LIMITS } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

export const secrets = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/secrets',
    permission: 'read',
    query: listQuery({}),
    response: pageOf(secret),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: "List the names of a bot's secrets",
    description: 'The values are never shown.',
  }),
  set: endpoint({
    method: 'PUT',
    path: '/api/bots/:id/secrets/:secret_name',
    permission: 'write',
    body: z.strictObject({
      value: described(
        z.string().min(1).max(SECRET_LIMITS.value),
        'The value is stored encrypted and never shown again.',
      ),
    }),
    response: secret,
    errors: ['BOT_NOT_FOUND', 'SECRET_NOT_FOUND'],
    summary: 'Store a secret, or replace its value',
    description:
      "HTTP steps of the bot's flows use it as `{{ secrets.NAME }}`. A name has letters, digits and _. " +
      `A bot has up to ${SECRET_LIMITS.secrets} secrets.`,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/bots/:id/secrets/:secret_name',
    permission: 'write',
    response: 'empty',
    errors: ['BOT_NOT_FOUND', 'SECRET_NOT_FOUND'],
    summary: 'Remove a secret',
    description: 'Steps that use the secret fail after that.',
  }),
};
