import { jsonObject } from '../model/index.ts';
import { endpoint } from './endpoint.ts';

export const webhook = {
  receive: endpoint({
    method: 'POST',
    path: '/api/webhook/:bot_id',
    permission: null,
    http_only: true,
    body: jsonObject,
    /** 1 MiB. Telegram's own limit for one update is 512 KiB. */
    body_limit: 1_048_576,
    response: 'empty',
    status: 200,
    errors: ['BAD_REQUEST', 'UPDATE_INVALID', 'UNAUTHORIZED', 'UNAVAILABLE'],
    summary: 'Receive an update from Telegram',
    description:
      'For Telegram only. The header `X-Telegram-Bot-Api-Secret-Token` must contain the secret that was passed to ' +
      'setWebhook. The response is sent when the update has been processed and committed.',
  }),
};
