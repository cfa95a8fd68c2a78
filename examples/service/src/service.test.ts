import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFakeTelegram, type FakeTelegram } from '@botloom/fake-telegram';
import { freePort, occupyPort } from './testing/ports.ts';
import { runService, type RunningService } from './testing/run-service.ts';

// The tests start processes, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const root = mkdtempSync(join(tmpdir(), 'botloom-service-'));
const database = `sqlite:${join(root, 'data', 'bots.db')}`;
const running: RunningService[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.kill()));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function run(environment: Record<string, string>): RunningService {
  const service = runService({ PORT: '0', ...environment }, root);
  running.push(service);
  return service;
}

describe('with a bot token', () => {
  let telegram: FakeTelegram;
  let environment: Record<string, string>;

  beforeAll(async () => {
    telegram = await startFakeTelegram({ allowHttpWebhooks: true });
    const { token } = telegram.createBot({ username: 'first_bot' });
    environment = { DATABASE_URL: database, BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.url };
  });
  afterAll(() => telegram.close());

  it('starts, replies, stops gracefully and continues the conversation after a restart', async () => {
    const first = run(environment);
    const url = await first.url();
    const key = /^ {2}(botloom_\w+)$/m.exec(first.output())?.[1] ?? '';
    expect(statSync(join(root, 'data', 'bots.secret')).mode & 0o777).toBe(0o600);
    for (const path of ['/', '/healthz', '/readyz', '/api/healthz', '/api/readyz'])
      expect((await fetch(url + path)).status).toBe(200);

    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const list = (await (await fetch(`${url}/api/bots`, { headers })).json()) as {
      items: { id: string; username: string }[];
    };
    expect(list.items).toMatchObject([{ username: 'first_bot' }]);
    const flow = {
      name: 'Name',
      trigger_command: 'start',
      flow_data: {
        steps: [
          { id: 'name', type: 'question', text: 'Name?' },
          { id: 'hello', type: 'message', text: 'Hello {{ name }}' },
        ],
      },
    };
    const created = await fetch(`${url}/api/bots/${list.items[0]?.id}/flows`, {
      method: 'POST',
      headers,
      body: JSON.stringify(flow),
    });
    expect(created.status).toBe(201);

    const ann = telegram.user('Ann');
    await ann.send('/start');
    await ann.expectReply('Name?');
    expect(await first.stop()).toBe(0);

    await ann.send('Anna');
    const second = run(environment);
    await second.url();
    await ann.expectReply('Hello Anna');
    expect(second.output()).not.toContain('botloom_');
    expect(await second.stop('SIGINT')).toBe(0);
    expect(first.output() + second.output()).not.toContain(environment.BOT_TOKEN);
  });

  it('sets the webhooks of its bots if PUBLIC_URL is set, and only once', async () => {
    const port = await freePort();
    const service = run({ ...environment, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` });
    await service.url();
    const ben = telegram.user('Ben');
    await ben.send('/start');
    await ben.expectReply('Name?');
    expect(telegram.deliveries.at(-1)).toMatchObject({ outcome: 'accepted', status: 200 });
    expect(await service.stop()).toBe(0);

    const again = run({ ...environment, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` });
    const calls = telegram.callsTo({ method: 'setWebhook' }).length;
    await again.url();
    expect(telegram.callsTo({ method: 'setWebhook' })).toHaveLength(calls);
  });

  it('registers the API key of the settings, and refuses to start the demo on its database', async () => {
    const service = run({ ...environment, BOTLOOM_API_KEY: 'a-key-of-my-own-choice' });
    const url = await service.url();
    const answer = await fetch(`${url}/api/bots`, { headers: { authorization: 'Bearer a-key-of-my-own-choice' } });
    expect(answer.status).toBe(200);
    expect(service.output()).not.toContain('a-key-of-my-own-choice');
    expect(await service.stop()).toBe(0);

    const demo = run({ DATABASE_URL: database });
    expect(await demo.ended()).toBe(1);
    expect(demo.output()).toContain('the database of the demo contains real bots, such as @first_bot.');
  });
});

describe('the demo', () => {
  it('starts again on its database and sets the webhook at the new fake Telegram', async () => {
    const key = 'a-key-of-my-own-choice';
    const demo = {
      DATABASE_URL: `sqlite:${join(root, 'demo.db')}`,
      PORT: String(await freePort()),
      BOTLOOM_API_KEY: key,
    };
    for (let start = 1; start <= 2; start += 1) {
      const service = run(demo);
      const url = await service.url();
      const page = await fetch(service.chatWindow());
      expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
      const headers = { authorization: `Bearer ${key}` };
      const { items } = (await (await fetch(`${url}/api/bots`, { headers })).json()) as { items: { id: string }[] };
      expect(items).toHaveLength(1);
      const stats: unknown = await (await fetch(`${url}/api/bots/${items[0]?.id}/stats`, { headers })).json();
      expect(stats).toMatchObject({ webhook: { is_ours: true, url: `${url}/api/webhook/${items[0]?.id}` } });
      expect(await service.stop()).toBe(0);
    }
  });
});

describe('a failed start', () => {
  let taken: Awaited<ReturnType<typeof occupyPort>>;

  beforeAll(async () => {
    taken = await occupyPort();
  });
  afterAll(() => {
    taken.server.close();
  });

  it('reports all mistakes of the environment', async () => {
    const service = run({ PORT: 'http', BOTLOOM_MODE: 'webhook', BOTLOOM_SECRET: 'short', BOTLOOM_APIKEY: 'x' });
    expect(await service.ended()).toBe(1);
    const output = service.output();
    expect(output).toContain('3 settings are invalid');
    for (const name of ['PORT', 'PUBLIC_URL', 'BOTLOOM_SECRET']) expect(output).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(output).toContain(
      'BOTLOOM_APIKEY is not a setting of this service and is ignored. Did you mean BOTLOOM_API_KEY?',
    );
    expect(output).not.toMatch(/^\s+at /m);
  });

  it.each([
    ['a port in use', async () => ({ PORT: String(taken.port) }), /port \d+ on 127\.0\.0\.1 is in use/],
    [
      'a PostgreSQL server that does not run',
      async () => ({
        DATABASE_URL: `postgres://me:sesame@127.0.0.1:${await freePort()}/none`,
        BOTLOOM_SECRET: 'x'.repeat(32),
      }),
      /Check DATABASE_URL/,
    ],
    [
      'a database folder that is a file',
      async () => ({ DATABASE_URL: `sqlite:${join(import.meta.filename, 'x.db')}` }),
      /Check DATABASE_URL/,
    ],
  ])('explains %s', async (_name, environment, expected) => {
    const service = run(await environment());
    expect(await service.ended()).toBe(1);
    expect(service.output()).toMatch(expected);
    expect(service.output()).not.toMatch(/^\s+at |sesame/m);
  });

  it('explains a wrong master key', async () => {
    const environment = { DATABASE_URL: `sqlite:${join(root, 'keys.db')}`, BOTLOOM_MODE: 'polling' };
    const first = run(environment);
    await first.url();
    await first.stop();
    const second = run({ ...environment, BOTLOOM_SECRET: 'x'.repeat(32) });
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain('the master key cannot decrypt the secrets in this database');
  });
});
