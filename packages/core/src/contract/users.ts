import { z } from 'zod';
import { ATTRIBUTE_NAME_PATTERN, botUser, jsonValue, TAG_PATTERN, USER_LIMITS } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';
import { booleanQuery, listQuery, pageOf } from './queries.ts';

const tag = z
  .string()
  .regex(TAG_PATTERN, `must be a tag: 1 to ${USER_LIMITS.tag} characters, no control characters, no space at the ends`);
const tags = z.array(tag).max(USER_LIMITS.tags);

export const users = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/users',
    permission: 'read',
    query: listQuery({
      search: described(z.string().min(1).max(128).optional(), 'Beginning of the username, first name or last name.'),
      is_blocked: described(
        booleanQuery.optional(),
        'Only users who have blocked the bot, or only those who have not.',
      ),
      tag: described(
        tag.optional(),
        'Only users with this tag, sorted by ID, so that the order does not change between pages.',
      ),
    }),
    response: pageOf(botUser),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'List the users of a bot, last active first',
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/bots/:id/users/:user_id',
    permission: 'read',
    response: botUser,
    errors: ['BOT_NOT_FOUND', 'USER_NOT_FOUND'],
    summary: 'Get one user',
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/bots/:id/users/:user_id',
    permission: 'write',
    body: z.strictObject({
      attributes: described(
        z
          .record(
            z
              .string()
              .max(USER_LIMITS.attributeName)
              .regex(ATTRIBUTE_NAME_PATTERN, 'must have letters, digits, _ and -, and begin with a letter'),
            jsonValue,
          )
          .optional(),
        'Attributes by name, which templates read as `user.attributes.name`. Other attributes do not change; ' +
          'null removes an attribute.',
      ),
      add_tags: described(tags.optional(), 'Tags to add.'),
      remove_tags: described(tags.optional(), 'Tags to remove.'),
    }),
    response: botUser,
    errors: ['BOT_NOT_FOUND', 'USER_NOT_FOUND'],
    summary: 'Change the tags and attributes of a user',
    description:
      `A user has at most ${USER_LIMITS.tags} tags and ${USER_LIMITS.attributes} attributes, and the ` +
      `attributes have at most ${USER_LIMITS.attributesSize} characters of JSON. Changes that flows make at ` +
      'the same time are preserved.',
  }),
};
