import { z } from 'zod';
import { instant, message, messageDirection, uuid } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

export const messages = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/messages',
    permission: 'read',
    query: listQuery({
      user_id: described(uuid.optional(), 'Only messages of this user.'),
      direction: messageDirection.optional(),
      type: described(
        z
          .string()
          .regex(/^[a-z_]{1,64}$/)
          .optional(),
        'Type of the message: text, photo, document, …',
      ),
      from: described(instant.optional(), 'At or after this time.'),
      to: described(instant.optional(), 'Before this time.'),
    }),
    response: pageOf(message),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'List the messages of a bot, newest first',
  }),
  send: endpoint({
    method: 'POST',
    path: '/api/bots/:id/messages',
    permission: 'write',
    body: z.strictObject({
      user_id: described(uuid, 'The user to send it to.'),
      text: z.string().min(1).max(4096),
      parse_mode: described(z.enum(['HTML', 'MarkdownV2']).optional(), 'Parse mode; plain text by default.'),
    }),
    response: message,
    status: 201,
    errors: ['BOT_NOT_FOUND', 'USER_NOT_FOUND', 'USER_BLOCKED', 'CONFLICT', 'RATE_LIMITED'],
    summary: 'Send a message to a user',
    description:
      'Queues the message in the outbox, in order with everything else that is sent to the chat. Its ' +
      '`status` changes when it is sent or fails. While 1,000 messages of the chat or 5,000 of the bot are ' +
      'waiting, the response is 429 with `Retry-After`.',
  }),
};
