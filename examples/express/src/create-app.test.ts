import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBotloom, type Bot, type Botloom } from '@botloom/core';
import { sqlite } from '@botloom/core/sqlite';
import { startFakeTelegram, type FakeTelegram } from '@botloom/fake-telegram';
import { createApp } from './create-app.ts';
import { authenticate } from './session.ts';
import { setUpBot } from './set-up-bot.ts';

let telegram: FakeTelegram;
let botloom: Botloom;
let server: Server;
let bot: Bot;
let shop: string;

beforeAll(async () => {
  telegram = await startFakeTelegram({ allowHttpWebhooks: true });
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  botloom = createBotloom({
    storage: sqlite({ file: ':memory:' }),
    secrets: 'a secret for tests only',
    publicUrl: `${shop}/bots`,
    allowInsecureWebhooks: true,
    telegram: { apiRoot: telegram.url },
    authenticate,
  });
  await botloom.start();
  bot = await setUpBot(botloom, telegram.createBot({ username: 'shop_bot' }).token);
  server.on('request', createApp(botloom, bot.id));
  await botloom.bots.setWebhook(bot.id);
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await botloom.stop();
  await telegram.close();
});

it('replies through the webhook under the prefix', async () => {
  const ann = telegram.user('Ann');
  await ann.send('/start');
  await ann.expectReply('Welcome to the shop. What is your name?');
  await ann.send('Anna');
  await ann.expectReply('Thank you, Anna. We will tell you here when an order is shipped.');
});

it('does not change the routes, parsers and error handler of the shop', async () => {
  expect(await (await fetch(shop)).text()).toBe('The shop is open.');
  const broken = await fetch(`${shop}/orders/1/shipped`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  expect(broken.status).toBe(500);
  expect(await broken.json()).toHaveProperty('error');
  expect((await fetch(`${shop}/bots/no-such-page`)).status).toBe(404);
});

it('sends a message from a route of the shop', async () => {
  const { items } = await botloom.users.list(bot.id);
  const shipped = await fetch(`${shop}/orders/${items[0]?.id}/shipped`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'session=staff' },
    body: JSON.stringify({ parcel: 'JD0001' }),
  });
  expect(shipped.status).toBe(202);
  await telegram.user('Ann').expectReply('Your order is on its way: JD0001');
});

it('opens the API to the login of the shop and rejects other callers', async () => {
  expect((await fetch(`${shop}/bots/api/bots`)).status).toBe(401);
  const response = await fetch(`${shop}/bots/api/bots`, { headers: { cookie: 'session=staff' } });
  expect(await response.json()).toMatchObject({
    items: [{ username: 'shop_bot', webhook_url: `${shop}/bots/api/webhook/${bot.id}` }],
    next: null,
  });
});
