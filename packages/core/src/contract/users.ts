import { z } from 'zod';
import { botUser } from '../model/index.ts';
import { endpoint } from './endpoint.ts';
import { flag, listQuery, pageOf } from './queries.ts';

export const users = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/users',
    permission: 'read',
    query: listQuery({
      search: z.string().min(1).max(128).optional().describe('Beginning of username, first name or last name.'),
      is_blocked: flag.optional().describe('Only people who have (not) blocked the bot.'),
    }),
    response: pageOf(botUser),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'List the people of a bot, last active first',
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/bots/:id/users/:user_id',
    permission: 'read',
    response: botUser,
    errors: ['BOT_NOT_FOUND', 'USER_NOT_FOUND'],
    summary: 'Get one person',
  }),
};
