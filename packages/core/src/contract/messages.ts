import { z } from 'zod';
import { message, messageDirection, uuid } from '../model/index.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

export const messages = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/messages',
    permission: 'read',
    query: listQuery({
      user_id: uuid.optional().describe('Only messages of this person.'),
      direction: messageDirection.optional(),
      type: z
        .string()
        .regex(/^[a-z_]{1,64}$/)
        .optional()
        .describe('text, photo, document, …'),
      from: instant.optional().describe('Not before this time.'),
      to: instant.optional().describe('Before this time.'),
    }),
    response: pageOf(message),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'The message log of a bot, newest first',
  }),
  send: endpoint({
    method: 'POST',
    path: '/api/bots/:id/messages',
    permission: 'write',
    body: z.strictObject({
      user_id: uuid.describe('Whom to send it to.'),
      text: z.string().min(1).max(4096),
      parse_mode: z.enum(['HTML', 'MarkdownV2']).optional().describe('How Telegram reads the text; default: as it is.'),
    }),
    response: message,
    status: 201,
    errors: ['BOT_NOT_FOUND', 'USER_NOT_FOUND', 'USER_BLOCKED', 'CONFLICT', 'RATE_LIMITED'],
    summary: 'Send a message to a person',
    description:
      'Queued in the outbox, in order with all else that goes to the chat; `status` tells what became of it. While 1,000 messages wait for the chat, or 5,000 of the bot, it is answered 429 with `Retry-After`.',
  }),
};
