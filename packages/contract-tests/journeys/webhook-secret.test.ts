import { describe, expect, test } from 'vitest';
import type { StorageFactory } from '@botloom/core';
import { createHarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import { startTestHarness, type HarnessBot, type TestHarness } from '../src/journeys/stage/test-harness.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

describe.each([{ database: 'SQLite' }, { database: 'PostgreSQL' }] as const)(
  'the webhook secret, on $database',
  ({ database }) => {
    test('is changed while updates arrive and none is refused; a minute later the old one is refused', async () => {
      const store = await createHarnessDatabase(database);
      const clock = createShiftableClock();
      const harness = await startTestHarness({ adapter: 'fastify', storage: store.storage(), clock });
      const bot = await harness.createBot({
        flows: [{ is_default: true, flow_data: { response: 'echo {{ message.text }}' } }],
      });
      const old = secretOf(bot);
      const people = Array.from({ length: 10 }, (_, index) => harness.telegram.user(`p${index}`).in(bot.fake));
      const talk = Promise.all(
        people.map(async (person) => {
          for (let number = 1; number <= 20; number += 1) {
            await person.send(`n${number}`);
            await person.expectReply(`echo n${number}`);
          }
        }),
      );
      const secrets = [old];
      for (let change = 1; change <= 5; change += 1) {
        await harness.api.call('POST', `${bot.path}/webhook`);
        secrets.push(secretOf(bot));
      }
      await talk;
      expect(new Set(secrets).size).toBe(6);
      expect(harness.telegram.deliveries.filter(({ status }) => status === 401)).toEqual([]);

      const [before, current] = secrets.slice(-2);
      expect(await post(harness, bot, 1, before)).toBe(200);
      expect(await post(harness, bot, 2, current)).toBe(200);
      expect(await post(harness, bot, 3, old)).toBe(401);
      clock.shift(61_000);
      await waitFor(async () => (await post(harness, bot, 4, before)) === 401, {
        what: 'the old secret to be refused',
      });
      expect(await post(harness, bot, 5, current)).toBe(200);
      await harness.stop();
      await store.drop();
    });

    test('is accepted if Telegram has it but its record was lost; a minute later it is the only one', async () => {
      const store = await createHarnessDatabase(database);
      const clock = createShiftableClock();
      let isLost = false;
      const open = store.storage();
      const storage: StorageFactory = (context) => {
        const real = open(context);
        const confirmWebhook: typeof real.bots.confirmWebhook = (...given) =>
          isLost ? Promise.reject(new Error('the process ends here')) : real.bots.confirmWebhook(...given);
        return { ...real, bots: { ...real.bots, confirmWebhook } };
      };
      const harness = await startTestHarness({ adapter: 'fastify', storage, clock });
      const bot = await harness.createBot({
        flows: [{ is_default: true, flow_data: { response: 'echo {{ message.text }}' } }],
      });
      const [ann, old] = [harness.telegram.user('Ann').in(bot.fake), secretOf(bot)];
      const webhookCalls = () => harness.telegram.callsTo({ method: 'setWebhook', bot: bot.fake }).length;
      clock.shift(61_000);
      await waitFor(() => webhookCalls() === 2, { what: 'the first change to be finished' });
      await harness.quiet();
      isLost = true;
      for (let tries = 1; tries <= 2; tries += 1)
        expect(await harness.api.send('POST', `${bot.path}/webhook`)).toMatchObject({ status: 500 });
      isLost = false;
      // A secret that Telegram rejects does not change the secret that it has.
      harness.telegram.fail({
        bot: bot.fake,
        method: 'setWebhook',
        with: { status: 400, description: 'Bad Request: bad webhook' },
      });
      expect(await harness.api.send('POST', `${bot.path}/webhook`)).toMatchObject({ status: 502 });
      const lost = secretOf(bot);
      expect(lost).not.toBe(old);
      await ann.send('a');
      await ann.expectReply('echo a');
      expect(await post(harness, bot, 1, old)).toBe(200);
      // The first minute ends the change, the second ends the old secret.
      clock.shift(61_000);
      await waitFor(() => webhookCalls() === 6, { what: 'the change to be finished' });
      await waitFor(
        async () => {
          clock.shift(61_000);
          return (await post(harness, bot, 2, old)) === 401;
        },
        { what: 'the old secret to be refused' },
      );
      expect(secretOf(bot)).toBe(lost);
      await ann.send('b');
      await ann.expectReply('echo b');
      expect(harness.telegram.deliveries.filter(({ status }) => status === 401)).toEqual([]);
      await harness.stop();
      await store.drop();
    });
  },
);

function secretOf(bot: HarnessBot): string {
  return bot.fake.webhook?.secret_token ?? '';
}

async function post(harness: TestHarness, bot: HarnessBot, update_id: number, secret = ''): Promise<number> {
  const { status } = await harness.api.send('POST', `/api/webhook/${bot.id}`, {
    body: { update_id },
    key: null,
    headers: { 'x-telegram-bot-api-secret-token': secret },
  });
  return status;
}
