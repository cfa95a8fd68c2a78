import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgres } from '@botloom/core/postgres';
import { startTcpProxy, type TcpProxy } from '../src/journeys/faults/tcp-proxy.ts';
import type { Answer } from '../src/journeys/stage/api.ts';
import { createStageDatabase, type StageDatabase } from '../src/journeys/stage/databases.ts';
import { startStage, type Stage, type StageBot } from '../src/journeys/stage/stage.ts';
import { until } from '../src/journeys/until.ts';

/** The answer to a refused update must come before anything in front of us gives up. */
const PATIENCE = 10_000;

describe('when PostgreSQL goes away', () => {
  let store: StageDatabase;
  let proxy: TcpProxy;
  let stage: Stage;
  let bot: StageBot;
  let update_id = 0;

  beforeAll(async () => {
    store = await createStageDatabase('PostgreSQL');
    const url = new URL(store.url);
    proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(proxy.port);
    stage = await startStage({ adapter: 'fastify', storage: postgres({ url: url.href, statementTimeout: 3_000 }) });
    bot = await stage.createBot({ flows: [{ is_default: true, flow_data: { response: 'echo {{ message.text }}' } }] });
  });

  afterAll(async () => {
    await stage.stop();
    await proxy.close();
    await store.drop();
  });

  /** An update of a person who takes no other part. */
  function post(): Promise<Answer> {
    update_id += 1;
    const message = {
      message_id: update_id,
      date: 0,
      from: { id: 5, is_bot: false, first_name: 'Eve' },
      chat: { id: 5, type: 'private' },
      text: `u${update_id}`,
    };
    return stage.api.send('POST', `/api/webhook/${bot.id}`, {
      body: { update_id, message },
      key: null,
      headers: { 'x-telegram-bot-api-secret-token': bot.fake.webhook?.secret_token ?? '' },
    });
  }

  test.each(['cut', 'freeze'] as const)(
    '(%s) updates are answered 503 with Retry-After, nothing is lost, and it recovers by itself',
    async (how) => {
      const ann = stage.telegram.user('Ann').in(bot.fake);
      await ann.send('before');
      await ann.expectReply('echo before');

      await proxy[how]();
      await ann.send('during');
      const asked = performance.now();
      const refused = await post();
      expect(
        { status: refused.status, within_patience: performance.now() - asked < PATIENCE },
        JSON.stringify(refused.body),
      ).toEqual({ status: 503, within_patience: true });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(3);
      expect(await stage.api.send('GET', '/api/healthz', { key: null })).toMatchObject({ status: 200 });
      expect(await stage.api.send('GET', '/api/readyz', { key: null })).toMatchObject({
        status: 503,
        body: { code: 'STORAGE_UNAVAILABLE' },
      });

      await proxy.mend();
      const mended = performance.now();
      await until(async () => (await post()).status === 200, { what: 'an update to be accepted again' });
      expect(performance.now() - mended).toBeLessThan(3_000);
      await ann.expectReply('echo during', { timeout: 10_000 });
      await ann.send('after');
      await ann.expectReply('echo after', { timeout: 10_000 });
      await stage.quiet();
      await ann.expectNoReply();
    },
    60_000,
  );

  test('the answer to a commit is lost: the update took effect once, and its reply is sent', async () => {
    const ann = stage.telegram.user('Ann').in(bot.fake);
    await ann.send('warm');
    await ann.expectReply('echo warm');
    await stage.quiet();
    const lost = proxy.loseAnswerTo('botloom_commit');
    await ann.send('committed');
    await lost;
    await ann.expectReply('echo committed', { timeout: 10_000 });
    await ann.send('next');
    await ann.expectReply('echo next', { timeout: 10_000 });
    await stage.quiet();
    await ann.expectNoReply();
  });

  test('the administrator ends all connections: nobody notices', async () => {
    const ann = stage.telegram.user('Ann').in(bot.fake);
    for (let round = 1; round <= 3; round += 1) {
      await proxy.cut();
      await proxy.mend();
      await ann.send(`round ${round}`);
      await ann.expectReply(`echo round ${round}`, { timeout: 10_000 });
    }
  });
});
