import { z } from 'zod';
import { bot, botSettings, botStats } from '../model/index.ts';
import { endpoint } from './endpoint.ts';
import { flag, listQuery, pageOf } from './queries.ts';

const name = z.string().trim().min(1).max(128);
const token = z
  .string()
  .trim()
  .max(128)
  .regex(/^[0-9]{1,20}:[A-Za-z0-9_-]{1,100}$/, 'must be a bot token as BotFather gives it: 123456:ABC-DEF…')
  .describe('From @BotFather. Kept encrypted and never shown again.');

const force = z.strictObject({
  force: flag.default(false).describe('Go ahead although Telegram could not be told to remove the webhook.'),
});

export const bots = {
  create: endpoint({
    method: 'POST',
    path: '/api/bots',
    permission: 'write',
    body: z.strictObject({
      token,
      name: name.optional().describe("Default: the bot's name at Telegram."),
      owner: z
        .string()
        .min(1)
        .max(128)
        .nullable()
        .optional()
        .describe('Whose bot it is; callers who are confined to an owner may only name that one.'),
      settings: botSettings.optional(),
    }),
    response: bot,
    status: 201,
    errors: ['BOT_TOKEN_INVALID', 'BOT_TOKEN_TAKEN', 'TELEGRAM_FAILED'],
    summary: 'Create a bot',
    description:
      'Asks Telegram who the token belongs to (getMe) and keeps the bot. Its webhook is set by a call of its own.',
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/bots',
    permission: 'read',
    query: listQuery({}),
    response: pageOf(bot),
    errors: ['CURSOR_INVALID'],
    summary: 'List bots, newest first',
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/bots/:id',
    permission: 'read',
    response: bot,
    errors: ['BOT_NOT_FOUND'],
    summary: 'Get one bot',
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/bots/:id',
    permission: 'write',
    query: force,
    body: z.strictObject({
      name: name.optional(),
      is_active: z
        .boolean()
        .optional()
        .describe('An inactive bot drops its updates and sends nothing. Its webhook is removed.'),
      token: token.optional().describe('A new token of the same bot.'),
      settings: botSettings.optional().describe('Replaces all settings.'),
    }),
    response: bot,
    errors: ['BOT_NOT_FOUND', 'BOT_TOKEN_INVALID', 'BOT_TOKEN_TAKEN', 'TELEGRAM_FAILED'],
    summary: 'Change a bot',
    description: 'Members that are left out stay as they are.',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: '/api/bots/:id',
    permission: 'write',
    query: force,
    response: 'empty',
    errors: ['BOT_NOT_FOUND', 'TELEGRAM_FAILED'],
    summary: 'Delete a bot',
    description: 'Removes its webhook at Telegram first. The bot is gone at once, its rows soon after.',
  }),
  setWebhook: endpoint({
    method: 'POST',
    path: '/api/bots/:id/webhook',
    permission: 'write',
    response: bot,
    errors: ['BOT_NOT_FOUND', 'PUBLIC_URL_MISSING', 'CONFLICT', 'TELEGRAM_FAILED'],
    summary: 'Set the webhook',
    description:
      'Tells Telegram to send updates to `{public URL}/api/webhook/{id}` with a fresh secret. The public URL must be HTTPS.',
  }),
  removeWebhook: endpoint({
    method: 'DELETE',
    path: '/api/bots/:id/webhook',
    permission: 'write',
    response: bot,
    errors: ['BOT_NOT_FOUND', 'TELEGRAM_FAILED'],
    summary: 'Remove the webhook',
  }),
  stats: endpoint({
    method: 'GET',
    path: '/api/bots/:id/stats',
    permission: 'read',
    response: botStats,
    errors: ['BOT_NOT_FOUND'],
    summary: 'Numbers of a bot, and the health of its webhook',
  }),
};
