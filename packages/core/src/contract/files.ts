import { endpoint } from './endpoint.ts';

export const files = {
  get: endpoint({
    method: 'GET',
    path: '/api/bots/:id/files/:file_id',
    permission: 'read',
    response: 'file',
    errors: ['BOT_NOT_FOUND', 'FILE_NOT_FOUND', 'TELEGRAM_FAILED'],
    summary: 'Download a file',
    description: "Streams a file from Telegram. Telegram's own URL would expose the bot's token.",
  }),
};
