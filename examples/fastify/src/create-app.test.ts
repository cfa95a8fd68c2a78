import { createServer, type AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBotloom, type Botloom } from '@botloom/core';
import { sqlite } from '@botloom/core/sqlite';
import { startFakeTelegram, type FakeTelegram } from '@botloom/fake-telegram';
import { setUpBot } from './clinic-bot.ts';
import { createApp } from './create-app.ts';

let telegram: FakeTelegram;
let botloom: Botloom;
let app: FastifyInstance;
let clinic: string;
const received: string[] = [];

beforeAll(async () => {
  telegram = await startFakeTelegram({ allowHttpWebhooks: true });
  const port = await freePort();
  clinic = `http://127.0.0.1:${port}`;
  botloom = createBotloom({
    storage: sqlite({ file: ':memory:' }),
    secrets: 'a secret for tests only',
    publicUrl: `${clinic}/bots`,
    allowInsecureWebhooks: true,
    telegram: { apiRoot: telegram.url },
  });
  botloom.on('message.received', ({ text }) => {
    received.push(text ?? '');
  });
  await botloom.start();
  const bot = await setUpBot(botloom, telegram.createBot({ username: 'clinic_bot' }).token);
  app = createApp(botloom);
  await app.listen({ port, host: '127.0.0.1' });
  await botloom.bots.setWebhook(bot.id);
});

afterAll(async () => {
  await app.close();
  await botloom.stop();
  await telegram.close();
});

it('replies through the webhook under the prefix and notifies the clinic', async () => {
  const ben = telegram.user('Ben');
  await ben.send('/start');
  await ben.expectReply('Good day, Ben. What do you need?');
  await ben.press('Opening hours');
  await ben.expectReply('Monday to Friday, 8 to 17.');
  expect(received).toContain('/start');
});

it('does not change the routes, parsers and error handler of the clinic', async () => {
  expect(await (await fetch(clinic)).text()).toBe('The clinic is open.');
  const booked = await fetch(`${clinic}/appointments`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'Monday,9',
  });
  expect(await booked.json()).toEqual({ booked: ['Monday', '9'] });
  const broken = await fetch(`${clinic}/broken`);
  expect([broken.status, await broken.json()]).toEqual([500, { error: 'the lift is stuck' }]);
  expect((await fetch(`${clinic}/bots/no-such-page`)).status).toBe(404);
});

it('serves the API under the prefix to callers with an API key, and runs the hooks of the clinic', async () => {
  expect((await fetch(`${clinic}/bots/api/bots`)).status).toBe(401);
  const { key } = await botloom.apiKeys.create({ name: 'test', permissions: ['read'] });
  const response = await fetch(`${clinic}/bots/api/bots`, { headers: { authorization: `Bearer ${key}` } });
  expect(response.headers.get('x-clinic')).toBe('north');
  expect(await response.json()).toMatchObject({ items: [{ username: 'clinic_bot', user_count: 1 }] });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
