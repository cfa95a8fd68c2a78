import { z } from 'zod';
import { bot, botSettings, botStats } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';
import { booleanQuery, listQuery, pageOf } from './queries.ts';

const name = z.string().trim().min(1).max(128);
const token = described(
  z
    .string()
    .trim()
    .max(128)
    .regex(/^[0-9]{1,20}:[A-Za-z0-9_-]{1,100}$/, 'must be a bot token from BotFather, such as 123456:ABC-DEF…'),
  'The token from @BotFather. It is stored encrypted and never shown again.',
);

const force = z.strictObject({
  force: described(booleanQuery.default(false), 'Continue even if the webhook could not be removed at Telegram.'),
});

export const bots = {
  create: endpoint({
    method: 'POST',
    path: '/api/bots',
    permission: 'write',
    body: z.strictObject({
      token,
      name: described(name.optional(), 'Name of the bot; its name at Telegram by default.'),
      owner: described(
        z.string().min(1).max(128).nullable().optional(),
        'Owner of the bot. A caller who is confined to an owner can only name that owner.',
      ),
      settings: botSettings.optional(),
    }),
    response: bot,
    status: 201,
    errors: ['BOT_TOKEN_INVALID', 'BOT_TOKEN_TAKEN', 'TELEGRAM_FAILED'],
    summary: 'Create a bot',
    description:
      "Reads the bot's profile from Telegram (getMe) and stores the bot. The webhook is set by a separate request.",
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
      is_active: described(
        z.boolean().optional(),
        'An inactive bot discards its updates and sends nothing. Its webhook is removed.',
      ),
      token: described(token.optional(), 'A new token for the same bot.'),
      settings: described(botSettings.optional(), 'Replaces all settings.'),
    }),
    response: bot,
    errors: ['BOT_NOT_FOUND', 'BOT_TOKEN_INVALID', 'BOT_TOKEN_TAKEN', 'TELEGRAM_FAILED'],
    summary: 'Change a bot',
    description: 'Members that are left out do not change.',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: '/api/bots/:id',
    permission: 'write',
    query: force,
    response: 'empty',
    errors: ['BOT_NOT_FOUND', 'TELEGRAM_FAILED'],
    summary: 'Delete a bot',
    description: 'Removes the webhook at Telegram first. The bot disappears at once; its data is deleted soon after.',
  }),
  setWebhook: endpoint({
    method: 'POST',
    path: '/api/bots/:id/webhook',
    permission: 'write',
    response: bot,
    errors: ['BOT_NOT_FOUND', 'PUBLIC_URL_MISSING', 'CONFLICT', 'TELEGRAM_FAILED'],
    summary: 'Set the webhook',
    description:
      'Asks Telegram to send updates to `{public URL}/api/webhook/{id}` with a new secret. The public URL ' +
      'must be HTTPS.',
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
    summary: 'Get the counters of a bot and the health of its webhook',
  }),
};
