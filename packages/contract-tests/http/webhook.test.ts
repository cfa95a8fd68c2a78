import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REST_STACKS } from './rest-stacks.ts';
import { startRest, type RestTarget } from './rest-target.ts';

describe.each(REST_STACKS)('the webhook on $name', ({ serve, mount, base }) => {
  let target: RestTarget;
  let update_id = 900_000_000;
  beforeAll(async () => {
    target = await startRest(serve, mount, base);
  });
  afterAll(() => target.close());

  const message = (text: string, id = 4_000_000_001) => ({
    update_id: ++update_id,
    message: {
      message_id: update_id,
      date: 1_790_000_000,
      chat: { id, type: 'private', first_name: 'Zoe' },
      from: { id, is_bot: false, first_name: 'Zoe' },
      text,
    },
  });
  const requestCount = async (): Promise<number> =>
    (await target.client.bots.get({ params: { id: target.alice.bot.id } })).request_count;

  it('accepts an update with the right secret and responds without a body', async () => {
    const answer = await target.post(message('hello'));
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  it('refuses every request without the secret of that bot, with the same response for every cause', async () => {
    const { secret, alice, bob } = target;
    const before = await requestCount();
    const answers = [
      await target.post(message('x'), { secret: null }),
      await target.post(message('x'), { secret: '' }),
      await target.post(message('x'), { secret: `${secret.slice(0, -1)}!` }),
      await target.post(message('x'), { secret: secret.slice(1) }),
      await target.post(message('x'), { secret: `${secret}x` }),
      await target.post(message('x'), { secret: 'é'.repeat(64) }),
      await target.post(message('x'), { bot_id: bob.bot.id }),
      await target.post(message('x'), { bot_id: randomUUID() }),
      await target.post(message('x'), { bot_id: alice.bot.id.toUpperCase() }),
      await target.post(message('x'), { bot_id: 'nothing' }),
      await target.post(message('x'), { bot_id: '..%2f' }),
      await target.send({
        method: 'POST',
        path: `/api/webhook/${alice.bot.id}`,
        headers: { 'x-telegram-bot-api-secret-token': [secret, secret] },
        body: '{}',
      }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.text).toBe(answers[0]?.text);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="botloom"');
    }
    expect(await requestCount()).toBe(before);
  });

  it('accepts plain JSON only', async () => {
    const path = `/api/webhook/${target.alice.bot.id}`;
    const types = [
      'text/plain',
      'application/json, text/plain',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
    ];
    for (const type of types) {
      const answer = await target.send({
        method: 'POST',
        path,
        headers: { 'content-type': type, 'x-telegram-bot-api-secret-token': target.secret },
        body: '{"update_id":1}',
      });
      expect([type, answer.status]).toEqual([type, 415]);
    }
    const gzip = await target.send({
      method: 'POST',
      path,
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'x-telegram-bot-api-secret-token': target.secret,
      },
      body: 'x',
    });
    expect(gzip.status).toBe(415);
  });

  it.each([
    '[]',
    'null',
    '"x"',
    '1',
    '{',
    '',
    '{}',
    '{"update_id":"1"}',
    '{"update_id":1e400}',
    '['.repeat(200_000),
    `{"update_id":1,"message":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
  ])('responds 400 to an invalid update, case %#', async (body) => {
    const answer = await target.post(body);
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ status: 400 });
  });

  it('refuses a body of more than one mebibyte', async () => {
    const answer = await target.post(`{"update_id":1,"x":"${'x'.repeat(1_048_576)}"}`);
    expect([answer.status, answer.json()]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }]);
  });

  it.each([
    ['text that no database accepts', { text: 'a\u0000b\ud83d \u202e' }],
    ['4096 emoji', { text: '😀'.repeat(2048) }],
    [
      'members that name prototypes',
      JSON.parse('{"text":"x","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as object,
    ],
    ['an unknown member', { text: 'x', future: { deep: [1, 2, 3] } }],
  ])('accepts %s', async (_, extra) => {
    const update = message('');
    const answer = await target.post({ ...update, message: { ...update.message, ...extra } });
    expect(answer.status).toBe(200);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('accepts unknown kinds of updates', async () => {
    expect((await target.post({ update_id: ++update_id })).status).toBe(200);
    expect((await target.post({ update_id: ++update_id, thing_of_the_future: { x: 1 } })).status).toBe(200);
  });

  it('the same update a hundred times at once changes state once', async () => {
    const before = await requestCount();
    const update = message('once');
    const answers = await Promise.all(Array.from({ length: 100 }, () => target.post(update)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await requestCount()).toBe(before + 1);
  });

  it('accepts the old and the new secret during a change', async () => {
    const old = target.secret;
    await target.client.bots.setWebhook({ params: { id: target.alice.bot.id } });
    const fresh = target.alice.fake.webhook?.secret_token ?? '';
    expect(fresh).not.toBe(old);
    for (const secret of [old, fresh]) expect((await target.post(message('x'), { secret })).status).toBe(200);
  });

  it('drops the updates of an inactive bot, after checking the secret', async () => {
    const fake = target.telegram.createBot({ username: `off_${base.length}_bot` });
    const { client } = target;
    const bot = await client.bots.create({ body: { token: fake.token } });
    await client.bots.setWebhook({ params: { id: bot.id } });
    const secret = fake.webhook?.secret_token ?? '';
    await client.bots.update({ params: { id: bot.id }, body: { is_active: false } });
    expect((await target.post(message('x'), { bot_id: bot.id, secret })).status).toBe(200);
    // The update is parsed before the bot is read again, which alone decides if the bot is inactive.
    expect((await target.post('not even json', { bot_id: bot.id, secret })).status).toBe(400);
    expect((await target.post(message('x'), { bot_id: bot.id, secret: 'wrong' })).status).toBe(401);
    expect((await client.bots.get({ params: { id: bot.id } })).request_count).toBe(0);
  });
});
