import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, listEndpoints, type NamedEndpoint } from '@botloom/core/http';
import { REST_STACKS } from './rest-stacks.ts';
import { startRest, type RestTarget } from './rest-target.ts';

const guarded = listEndpoints(contract)
  .filter(({ endpoint }) => endpoint.permission !== null)
  .map((named) => ({ ...named, title: `${named.group}.${named.name}` }));
const NOBODY = '00000000-0000-4000-8000-000000000000';
const ofOneBot = guarded.filter(({ endpoint }) => endpoint.path.includes('/:id'));

describe.each(REST_STACKS)('access on $name', ({ serve, mount, base }) => {
  let target: RestTarget;
  beforeAll(async () => {
    target = await startRest(serve, mount, base);
  });
  afterAll(() => target.close());

  /** The path of an endpoint, with IDs of Alice's records. */
  const pathOf = ({ group, name: call, endpoint }: NamedEndpoint): string => {
    const { bot, flow, user_id, session_id, file_id, upload_id } = target.alice;
    const values: Readonly<Record<string, string>> = {
      id: bot.id,
      flow_id: flow.id,
      user_id,
      session_id,
      file_id,
      upload_id,
      secret_name: 'KEY',
      dead_letter_id: '1',
      api_key_id: NOBODY,
    };
    const path = endpoint.path.replaceAll(/:([a-z_]+)/g, (_, name: string) => values[name] ?? '');
    return `${group}.${call}` === 'uploads.create' ? `${path}?name=stolen.json` : path;
  };
  /** A body that would be accepted. */
  const bodyOf = ({ title }: { readonly title: string }): unknown => {
    const bodies: Readonly<Record<string, unknown>> = {
      'bots.create': { token: '1:A' },
      'bots.update': { name: 'Taken over' },
      'flows.create': { name: 'x', flow_data: { response: 'x' } },
      'flows.replace': { name: 'x', flow_data: { response: 'x' } },
      'flows.start': { variables: { x: 1 } },
      'sessions.move': { step_id: 'x' },
      'events.raise': { name: 'paid' },
      'secrets.set': { value: 'taken over' },
      'uploads.create': { stolen: true },
      'users.update': { add_tags: ['taken over'] },
      'messages.send': { user_id: target.alice.user_id, text: 'x' },
    };
    return bodies[title];
  };
  const state = async (): Promise<unknown> => {
    const { client, alice } = target;
    const params = { id: alice.bot.id };
    return [
      await client.bots.get({ params }),
      await client.flows.list({ params }),
      (await client.messages.list({ params })).items.length,
      await client.answers.list({ params }),
      await client.uploads.list({ params }),
    ];
  };

  it.each(guarded)('$title needs a key in the header', async (named) => {
    const path = pathOf(named);
    const { method } = named.endpoint;
    const key = target.keys.admin;
    const attempts = [
      await target.send({ method, path }),
      await target.send({ method, path: `${path}?api_key=${key}` }),
      await target.send({ method, path: `${path}?access_token=${key}` }),
      await target.send({ method, path, headers: { 'x-api-key': key, cookie: `botloom=${key}` } }),
      await target.send({ method, path, headers: { authorization: key } }),
      await target.send({
        method,
        path,
        headers: { authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}` },
      }),
      await target.call(`${key}x`, method, path, bodyOf(named)),
      await target.call(key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a'), method, path, bodyOf(named)),
    ];
    for (const answer of attempts) {
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="botloom"']);
      expect(answer.json()).toMatchObject({ code: 'UNAUTHORIZED' });
    }
  });

  it.each(guarded.filter(({ endpoint }) => endpoint.permission === 'write'))(
    '$title is refused for a key with read permission only',
    async (named) => {
      const answer = await target.call(target.keys.read, named.endpoint.method, pathOf(named), bodyOf(named));
      expect([answer.status, answer.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
    },
  );

  it.each(ofOneBot)('$title responds 404 for rows of another tenant, as for rows that do not exist', async (named) => {
    const before = await state();
    const path = pathOf(named);
    const theirs = await target.call(target.keys.bob, named.endpoint.method, path, bodyOf(named));
    const none = await target.call(
      target.keys.bob,
      named.endpoint.method,
      path.replace(target.alice.bot.id, NOBODY),
      bodyOf(named),
    );
    expect(theirs.status).toBe(404);
    expect(theirs.text.replace(target.alice.bot.id, NOBODY)).toBe(none.text);
    expect(await state()).toEqual(before);
  });

  it.each(ofOneBot.filter(({ endpoint }) => /:(?:flow|user|session|dead_letter|upload)_id/.test(endpoint.path)))(
    '$title does not find a row of Alice below the bot of Bob',
    async (named) => {
      const answer = await target.call(
        target.keys.admin,
        named.endpoint.method,
        pathOf(named).replace(target.alice.bot.id, target.bob.bot.id),
        bodyOf(named),
      );
      expect(answer.status).toBe(404);
    },
  );

  it('lists only bots of the own owner, and creates bots only for the own owner', async () => {
    const { client, keys } = target;
    expect((await client.bots.list()).items.map(({ owner }) => owner)).toEqual(['alice']);
    const token = target.telegram.createBot({ username: `third_${String(base.length)}_bot` }).token;
    const foreign = await target.call(keys.alice, 'POST', '/api/bots', { token, owner: 'bob' });
    expect([foreign.status, foreign.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
  });

  it.each(['id', 'owner', 'created_at', 'user_count', 'webhook_secret', 'telegram_id', 'is_webhook_set', '__proto__'])(
    '%s cannot be set by a change',
    async (name) => {
      const before = await state();
      const answer = await target.call(
        target.keys.alice,
        'PATCH',
        `/api/bots/${target.alice.bot.id}`,
        `{"${name}": "bob"}`,
      );
      if (name === '__proto__') expect(answer.status).toBe(200);
      else
        expect([answer.status, answer.json()]).toMatchObject([
          422,
          { code: 'VALIDATION_FAILED', errors: [{ path: `/${name}`, code: 'unknown_member' }] },
        ]);
      const after = await state();
      if (name !== '__proto__') expect(after).toEqual(before);
      expect(JSON.stringify(after)).not.toContain('"bob"');
    },
  );

  it.each(['api_root', 'apiRoot', 'telegram', 'base_url', 'public_url'])(
    'a bot cannot use %s to change where a bot token is sent',
    async (name) => {
      const settings = { settings: { [name]: 'https://evil.example' } };
      for (const body of [settings, { [name]: 'https://evil.example' }]) {
        const answer = await target.call(
          target.keys.alice,
          'PATCH',
          `/api/bots/${target.alice.bot.id}`,
          JSON.stringify(body),
        );
        expect([answer.status, answer.json()]).toMatchObject([
          422,
          { errors: [{ path: body === settings ? `/settings/${name}` : `/${name}`, code: 'unknown_member' }] },
        ]);
      }
      const made = await target.call(
        target.keys.alice,
        'POST',
        '/api/bots',
        JSON.stringify({ token: '77:AAA', ...settings }),
      );
      expect(made.status).toBe(422);
    },
  );

  it.each([
    'sort=token',
    'filter[token][startsWith]=1',
    'a[__proto__][x]=1',
    'limit=1&limit=2',
    'limit=1000000000',
    'limit=-1',
    'limit=abc',
    'owner=bob',
  ])('?%s is refused', async (query) => {
    const answer = await target.call(target.keys.alice, 'GET', `/api/bots?${query}`);
    expect([answer.status, answer.json()]).toMatchObject([
      400,
      { code: 'BAD_REQUEST', errors: [{ path: expect.stringMatching(/^\//) as string }] },
    ]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('a refusal lists the parameters of the endpoint', async () => {
    expect((await target.call(target.keys.alice, 'GET', '/api/bots?sort=x')).text).toContain(
      'This endpoint has the parameters limit, cursor.',
    );
    expect((await target.call(target.keys.alice, 'GET', `/api/bots/${target.alice.bot.id}?sort=x`)).text).toContain(
      'This endpoint has no parameters.',
    );
  });

  it.each([
    '1',
    '-0',
    '9007199254740993',
    '1e3',
    'NaN',
    "'; drop table x",
    '00000000-0000-0000-0000',
    '../bots',
    '%00',
  ])('/api/bots/%s is not a bot', async (id) => {
    const answer = await target.call(
      target.keys.alice,
      'GET',
      `/api/bots/${encodeURIComponent(decodeURIComponent(id))}`,
    );
    expect([answer.status, answer.json()]).toMatchObject([404, { code: 'BOT_NOT_FOUND' }]);
  });

  it('refuses a forged cursor', async () => {
    const answer = await target.call(target.keys.alice, 'GET', '/api/bots?cursor=eyJ4IjoxfQ');
    expect([answer.status, answer.json()]).toMatchObject([400, { code: 'CURSOR_INVALID' }]);
  });

  it('a key that was revoked or has expired is refused at once', async () => {
    const { botloom } = target;
    const { id, key } = await botloom.apiKeys.create({ name: 'short' });
    expect((await target.call(key, 'GET', '/api/bots')).status).toBe(200);
    await botloom.apiKeys.revoke(id);
    expect((await target.call(key, 'GET', '/api/bots')).status).toBe(401);
    const expired = await botloom.apiKeys.create({ name: 'old', expires_at: '2020-01-01T00:00:00.000Z' });
    expect((await target.call(expired.key, 'GET', '/api/bots')).status).toBe(401);
  });

  it('an admin lists and revokes the keys of the own owner', async () => {
    const { botloom, keys } = target;
    const [admin, victim] = [
      await botloom.apiKeys.create({ name: 'boss', owner: 'alice' }),
      await botloom.apiKeys.create({ name: 'victim', owner: 'alice', permissions: ['write'] }),
    ];
    const other = await botloom.apiKeys.create({ name: 'not theirs', owner: 'bob' });
    const list = await target.call(admin.key, 'GET', '/api/api_keys?limit=100');
    const { items } = list.json() as { items: { id: string; owner: string }[] };
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([admin.id, victim.id]));
    expect(new Set(items.map(({ owner }) => owner))).toEqual(new Set(['alice']));
    for (const { key } of [admin, victim, other]) expect(list.text).not.toContain(key);
    expect((await target.call(victim.key, 'GET', '/api/api_keys')).status).toBe(403);
    expect((await target.call(victim.key, 'DELETE', `/api/api_keys/${admin.id}`)).status).toBe(403);
    const foreign = await target.call(admin.key, 'DELETE', `/api/api_keys/${other.id}`);
    expect([foreign.status, foreign.json()]).toMatchObject([404, { code: 'API_KEY_NOT_FOUND' }]);
    expect((await target.call(admin.key, 'DELETE', `/api/api_keys/${victim.id}`)).status).toBe(204);
    expect((await target.call(victim.key, 'GET', '/api/bots')).status).toBe(401);
    expect((await target.call(keys.admin, 'DELETE', `/api/api_keys/${other.id}`)).status).toBe(204);
  });

  it('no response and no log line contains a token, a secret or a key', () => {
    const { alice, secret, keys } = target;
    const seen = target.answered() + target.logged();
    for (const canary of [alice.fake.token, alice.fake.token.split(':')[1] ?? '', secret, ...Object.values(keys)])
      expect(seen.includes(canary)).toBe(false);
    // The test is meaningful only after many responses.
    expect(target.answered().length).toBeGreaterThan(50_000);
  });
});
