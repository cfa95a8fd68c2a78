import { z } from 'zod';
import { ATTRIBUTE_NAME, botUser, jsonValue, TAG, USER_LIMITS } from '../model/index.ts';
import { endpoint } from './endpoint.ts';
import { flag, listQuery, pageOf } from './queries.ts';

const tag = z
  .string()
  .regex(TAG, `must be a tag: 1 to ${USER_LIMITS.tag} characters, no control character, no space at the ends`);
const tags = z.array(tag).max(USER_LIMITS.tags);

export const users = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/users',
    permission: 'read',
    query: listQuery({
      search: z.string().min(1).max(128).optional().describe('Beginning of username, first name or last name.'),
      is_blocked: flag.optional().describe('Only people who have (not) blocked the bot.'),
      tag: tag
        .optional()
        .describe('Only people who have this tag, in the order of their ids: nobody moves while the pages are read.'),
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
  update: endpoint({
    method: 'PATCH',
    path: '/api/bots/:id/users/:user_id',
    permission: 'write',
    body: z.strictObject({
      attributes: z
        .record(
          z
            .string()
            .max(USER_LIMITS.attributeName)
            .regex(ATTRIBUTE_NAME, 'must be letters, digits, _ and -, beginning with a letter'),
          jsonValue,
        )
        .optional()
        .describe(
          'Attributes by name, which templates read as `user.attributes.name`; those not named stay, null takes one away.',
        ),
      add_tags: tags.optional().describe('Tags that the person gets.'),
      remove_tags: tags.optional().describe('Tags that the person loses.'),
    }),
    response: botUser,
    errors: ['BOT_NOT_FOUND', 'USER_NOT_FOUND'],
    summary: 'Change tags and attributes of a person',
    description: `A person has ${USER_LIMITS.tags} tags and ${USER_LIMITS.attributes} attributes at most, and these take ${USER_LIMITS.attributesSize} characters as JSON at most. What flows change at the same time is kept, too.`,
  }),
};
