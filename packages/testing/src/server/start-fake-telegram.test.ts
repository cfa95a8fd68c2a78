import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeTelegram, JsonObject } from '../index.ts';
import { startFakeTelegram } from '../index.ts';
import { readBody } from './read-body.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Calls a method with JSON and answers the whole envelope. */
async function call(telegram: FakeTelegram, token: string, method: string, parameters: JsonObject = {}) {
  const response = await fetch(`${telegram.url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  return { status: response.status, ...((await response.json()) as JsonObject) } as JsonObject;
}

/** A webhook that hands every update to a function, whose number is the status of the answer. */
async function startWebhook(handle: (update: JsonObject, headers: JsonObject) => number | Promise<number>) {
  const server = createServer((request, response) => {
    void readBody(request, 1_000_000).then(async (body) => {
      const update = JSON.parse(body.toString()) as JsonObject;
      response.writeHead(await handle(update, request.headers)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

async function start(...options: Parameters<typeof startFakeTelegram>) {
  const telegram = await startFakeTelegram(...options);
  cleanups.push(() => telegram.close());
  return telegram;
}

describe('the fake Telegram', () => {
  it('carries a dialogue over a webhook', async () => {
    const telegram = await start({ allowHttpWebhooks: true, expectTimeout: 1000 });
    const bot = telegram.createBot({ username: 'demo_bot' });
    const url = await startWebhook(async (update, headers) => {
      expect(headers['x-telegram-bot-api-secret-token']).toBe('s3cret');
      const message = update.message as { chat: { id: number }; from: { first_name: string } } | undefined;
      const query = update.callback_query as { id: string; message: { chat: { id: number } } } | undefined;
      if (message) {
        await call(telegram, bot.token, 'sendMessage', {
          chat_id: message.chat.id,
          text: `Hello ${message.from.first_name}`,
          reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
        });
      } else if (query) {
        await call(telegram, bot.token, 'answerCallbackQuery', { callback_query_id: query.id, text: 'Saved' });
        await call(telegram, bot.token, 'sendMessage', { chat_id: query.message.chat.id, text: 'Thanks' });
      }
      return 200;
    });
    const set = await call(telegram, bot.token, 'setWebhook', { url, secret_token: 's3cret' });
    expect(set).toEqual({ status: 200, ok: true, result: true, description: 'Webhook was set' });

    const ann = telegram.user('Ann');
    await ann.send('/start');
    await ann.expectReply('Hello Ann');
    await ann.press('Yes');
    await ann.expectAnswer('Saved');
    await ann.expectReply('Thanks');
    await ann.expectNoReply();
    expect(ann.transcript()).toBe(
      [
        'Ann: /start',
        '@demo_bot: Hello Ann [Yes]',
        'Ann presses [Yes]',
        '@demo_bot answers the press: Saved',
        '@demo_bot: Thanks',
      ].join('\n'),
    );
    expect(telegram.deliveries.map(({ kind, outcome, status }) => [kind, outcome, status])).toEqual([
      ['message', 'accepted', 200],
      ['callback_query', 'accepted', 200],
    ]);
  });
});
