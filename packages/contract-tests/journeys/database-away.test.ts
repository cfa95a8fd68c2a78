import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgres } from '@botloom/core/postgres';
import { startTcpProxy, type TcpProxy } from '../src/journeys/faults/tcp-proxy.ts';
import type { Answer } from '../src/journeys/stage/api.ts';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness, type HarnessBot, type TestHarness } from '../src/journeys/stage/test-harness.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

/** The response to a refused update must arrive before anything in front of the service times out. */
const TIMEOUT_MS = 10_000;

describe('an outage of PostgreSQL', () => {
  let store: HarnessDatabase;
  let proxy: TcpProxy;
  let harness: TestHarness;
  let bot: HarnessBot;
  let update_id = 0;

  beforeAll(async () => {
    store = await createHarnessDatabase('PostgreSQL');
    const url = new URL(store.url);
    proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(proxy.port);
    harness = await startTestHarness({
      adapter: 'fastify',
      storage: postgres({ url: url.href, statementTimeout: 3_000 }),
    });
    bot = await harness.createBot({
      flows: [{ is_default: true, flow_data: { response: 'echo {{ message.text }}' } }],
    });
  });

  afterAll(async () => {
    await harness.stop();
    await proxy.close();
    await store.drop();
  });

  /** An update of a user who is not part of the other checks. */
  function post(): Promise<Answer> {
    update_id += 1;
    const message = {
      message_id: update_id,
      date: 0,
      from: { id: 5, is_bot: false, first_name: 'Eve' },
      chat: { id: 5, type: 'private' },
      text: `u${update_id}`,
    };
    return harness.api.send('POST', `/api/webhook/${bot.id}`, {
      body: { update_id, message },
      key: null,
      headers: { 'x-telegram-bot-api-secret-token': bot.fake.webhook?.secret_token ?? '' },
    });
  }

  test.each(['cut', 'freeze'] as const)(
    '(%s) updates get a 503 response with Retry-After, none is lost, and the service recovers automatically',
    async (how) => {
      const ann = harness.telegram.user('Ann').in(bot.fake);
      await ann.send('before');
      await ann.expectReply('echo before');

      await proxy[how]();
      await ann.send('during');
      const asked = performance.now();
      const refused = await post();
      expect(
        { status: refused.status, within_patience: performance.now() - asked < TIMEOUT_MS },
        JSON.stringify(refused.body),
      ).toEqual({ status: 503, within_patience: true });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(3);
      expect(await harness.api.send('GET', '/api/healthz', { key: null })).toMatchObject({ status: 200 });
      expect(await harness.api.send('GET', '/api/readyz', { key: null })).toMatchObject({
        status: 503,
        body: { code: 'STORAGE_UNAVAILABLE' },
      });

      await proxy.restore();
      const mended = performance.now();
      await waitFor(async () => (await post()).status === 200, { what: 'an update to be accepted again' });
      expect(performance.now() - mended).toBeLessThan(3_000);
      await ann.expectReply('echo during', { timeout: 10_000 });
      await ann.send('after');
      await ann.expectReply('echo after', { timeout: 10_000 });
      await harness.quiet();
      await ann.expectNoReply();
    },
    180_000,
  );

  test('a lost response to a commit: the update took effect once, and its reply is sent', async () => {
    const ann = harness.telegram.user('Ann').in(bot.fake);
    await ann.send('warm');
    await ann.expectReply('echo warm');
    await harness.quiet();
    const lost = proxy.dropResponseTo('botloom_commit');
    await ann.send('committed');
    await lost;
    await ann.expectReply('echo committed', { timeout: 10_000 });
    await ann.send('next');
    await ann.expectReply('echo next', { timeout: 10_000 });
    await harness.quiet();
    await ann.expectNoReply();
  });

  test('the administrator ends all connections: no user notices', async () => {
    const ann = harness.telegram.user('Ann').in(bot.fake);
    for (let round = 1; round <= 3; round += 1) {
      await proxy.cut();
      await proxy.restore();
      await ann.send(`round ${round}`);
      await ann.expectReply(`echo round ${round}`, { timeout: 10_000 });
    }
  });
});
