import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '@botloom/core';
import { createClient } from '@botloom/core/client';
import { contract, listEndpoints } from '@botloom/core/http';
import { REST_STACKS } from './rest-stacks.ts';
import { startRest, type RestTarget } from './rest-target.ts';

describe.each(REST_STACKS)('the REST API on $name', ({ serve, mount, base }) => {
  let target: RestTarget;
  beforeAll(async () => {
    target = await startRest(serve, mount, base);
  });
  afterAll(() => target.close());
  const params = () => ({ id: target.alice.bot.id });

  it('creates, lists, shows, changes and deletes a bot', async () => {
    const { client, telegram, call, keys } = target;
    const fake = telegram.createBot({ username: 'extra_bot' });
    const created = await call(keys.alice, 'POST', '/api/bots', { token: fake.token });
    expect(created.status).toBe(201);
    const bot = created.json() as Bot;
    expect(bot).toMatchObject({
      username: 'extra_bot',
      owner: 'alice',
      is_active: true,
      user_count: 0,
      is_webhook_set: false,
      webhook_url: null,
    });
    expect(bot.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const again = await call(keys.alice, 'POST', '/api/bots', { token: fake.token });
    expect([again.status, again.json()]).toMatchObject([409, { code: 'BOT_TOKEN_TAKEN' }]);
    const bad = await call(keys.alice, 'POST', '/api/bots', { token: '123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
    expect([bad.status, bad.json()]).toMatchObject([422, { code: 'BOT_TOKEN_INVALID' }]);
    expect(await client.bots.get({ params: { id: bot.id } })).toEqual(bot);
    expect(await client.bots.update({ params: { id: bot.id }, body: { name: 'Renamed' } })).toMatchObject({
      name: 'Renamed',
    });
    const first = await client.bots.list({ query: { limit: 1 } });
    expect(first.items.map(({ id }) => id)).toEqual([bot.id]);
    const second = await client.bots.list({ query: { limit: 1, cursor: first.next ?? '' } });
    expect(second.items.map(({ id }) => id)).toEqual([target.alice.bot.id]);
    const gone = await call(keys.alice, 'DELETE', `/api/bots/${bot.id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await call(keys.alice, 'GET', `/api/bots/${bot.id}`)).status).toBe(404);
  });

  it('sets and removes the webhook', async () => {
    const removed = await target.client.bots.removeWebhook({ params: params() });
    expect(removed).toMatchObject({ is_webhook_set: false, webhook_url: null });
    const set = await target.client.bots.setWebhook({ params: params() });
    expect(set.is_webhook_set).toBe(true);
    expect(set.webhook_url).toMatch(new RegExp(`${base}/api/webhook/${target.alice.bot.id}$`));
  });

  it('responds to invalid flow data with every problem and its path in the body', async () => {
    const answer = await target.call(target.keys.alice, 'POST', `/api/bots/${target.alice.bot.id}/flows`, {
      name: 'Wrong',
      flow_data: {
        steps: [
          { id: 'a', type: 'message', next: 'nowhere' },
          { id: 'a', type: 'question' },
        ],
        initial_step: 'x',
      },
    });
    expect([answer.status, answer.json()]).toMatchObject([
      422,
      { code: 'FLOW_DATA_INVALID', detail: expect.stringContaining('/flow_data/steps') as string },
    ]);
    const { errors } = answer.json() as { errors: { path: string }[] };
    expect(errors.length).toBeGreaterThan(1);
    for (const { path } of errors) expect(path).toMatch(/^\/flow_data\/(?:steps|initial_step)/);
  });

  it('creates, shows and deletes flows; a command belongs to one flow only', async () => {
    const { client, call, keys } = target;
    const body = {
      name: 'Menu',
      trigger_command: '/Menu',
      flow_data: { type: 'menu', text: 'Choose', buttons: [{ text: 'A', response: 'You chose A' }] },
    };
    const created = await call(keys.alice, 'POST', `/api/bots/${target.alice.bot.id}/flows`, body);
    expect([created.status, created.json()]).toMatchObject([
      201,
      { trigger_command: 'menu', version: 1, is_default: false, is_active: true },
    ]);
    const { id } = created.json() as { id: string };
    const twice = await call(keys.alice, 'POST', `/api/bots/${target.alice.bot.id}/flows`, body);
    expect([twice.status, twice.json()]).toMatchObject([409, { code: 'FLOW_COMMAND_TAKEN' }]);
    const replaced = await client.flows.replace({
      params: { ...params(), flow_id: id },
      body: { name: 'Menu', flow_data: { response: 'x' } },
    });
    expect(replaced).toMatchObject({ version: 2, trigger_command: null, flow_data: { response: 'x' } });
    await client.flows.delete({ params: { ...params(), flow_id: id } });
    await expect(client.flows.get({ params: { ...params(), flow_id: id } })).rejects.toMatchObject({
      code: 'FLOW_NOT_FOUND',
    });
  });

  it('shows and changes the current step of sessions', async () => {
    const { client, call, keys, alice } = target;
    expect(await client.sessions.list({ params: params(), query: { wait_reason: 'time', limit: 5 } })).toEqual({
      items: [],
      next: null,
    });
    expect(await client.sessions.get({ params: { ...params(), session_id: alice.session_id } })).toMatchObject({
      user: { id: alice.user_id, first_name: 'Ann' },
      step_id: null,
      wait_reason: null,
    });
    await expect(client.sessions.end({ params: { ...params(), session_id: alice.session_id } })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    for (const id of ['1_0_1', '-9_0_0', 'x', '1_0', '99999999999999999_0_1']) {
      const answer = await call(keys.alice, 'POST', `/api/bots/${alice.bot.id}/sessions/${id}/reset`);
      expect([answer.status, answer.json()], id).toMatchObject([404, { code: 'SESSION_NOT_FOUND' }]);
    }
    expect(
      await client.flows.start({ params: { ...params(), user_id: alice.user_id, flow_id: alice.flow.id }, body: {} }),
    ).toEqual({ is_repeated: false });
    await target.telegram.user('Ann').in(alice.fake).expectReply('Hello Ann');
    expect(
      await client.events.raise({ params: { ...params(), user_id: alice.user_id }, body: { name: 'paid' } }),
    ).toEqual({ continued: 0, is_repeated: false });
  });

  it('shows users and messages, with URLs of files below the mount', async () => {
    const { client } = target;
    const {
      items: [user],
    } = await client.users.list({ params: params(), query: { search: 'an' } });
    expect(user).toMatchObject({ first_name: 'Ann', is_blocked: false });
    expect((await client.users.list({ params: params(), query: { search: '%' } })).items).toEqual([]);
    expect(await client.users.get({ params: { ...params(), user_id: target.alice.user_id } })).toMatchObject({
      first_name: 'Ann',
    });
    const { items } = await client.messages.list({
      params: params(),
      query: { type: 'photo', direction: 'incoming', from: '2020-01-01T00:00:00Z' },
    });
    expect(items).toHaveLength(1);
    expect(items[0]?.file_url).toBe(`${base}/api/bots/${target.alice.bot.id}/files/${target.alice.file_id}`);
  });

  it('shows typed answers, by flow, question, name and time', async () => {
    const { client, call, keys, alice, telegram, botloom } = target;
    const ask = (id: string, input: string): object => ({
      id,
      type: 'question',
      text: `${id}?`,
      variable: `the_${id}`,
      input,
    });
    const flow = await client.flows.create({
      params: params(),
      body: { name: 'Ask', trigger_command: '/ask', flow_data: { steps: [ask('age', 'number'), ask('name', 'text')] } },
    });
    const ann = telegram.user('Ann').in(alice.fake);
    const asked: readonly (readonly [string, string])[] = [
      ['/ask', 'age?'],
      ['31', 'name?'],
    ];
    for (const [said, reply] of asked) {
      await ann.send(said);
      await ann.expectReply(reply);
    }
    await ann.send('Ann Lee');
    await telegram.idle();
    await botloom.idle();
    const query = { flow_id: flow.id };
    const { items, next } = await client.answers.list({ params: params(), query });
    const row = { bot_id: alice.bot.id, chat_id: ann.chat_id, thread_id: 0, flow_id: flow.id };
    expect([items, next]).toMatchObject([
      [
        { ...row, step_id: 'name', variable: 'the_name', value: 'Ann Lee' },
        { ...row, step_id: 'age', variable: 'the_age', value: 31 },
      ],
      null,
    ]);
    const first = await client.answers.list({ params: params(), query: { ...query, limit: 1 } });
    expect([
      first.items,
      (await client.answers.list({ params: params(), query: { ...query, limit: 1, cursor: first.next ?? '' } })).items,
    ]).toEqual([[items[0]], [items[1]]]);
    const found = async (filter: object): Promise<unknown[]> =>
      (await client.answers.list({ params: params(), query: filter })).items.map(({ value }) => value);
    expect(await found({ step_id: 'age' })).toEqual([31]);
    expect(await found({ variable: 'the_name', user_id: items[0]?.user_id, from: items[0]?.created_at })).toEqual([
      'Ann Lee',
    ]);
    expect(await found({ ...query, to: items[1]?.created_at })).toEqual([]);
    for (const wrong of ['flow_id=x', 'variable=%00', 'step_id=', 'from=today', 'value=31']) {
      expect((await call(keys.alice, 'GET', `/api/bots/${alice.bot.id}/answers?${wrong}`)).status, wrong).toBe(400);
    }
    await client.flows.delete({ params: { ...params(), flow_id: flow.id } });
    expect((await client.answers.list({ params: params(), query })).items).toEqual(items);
  });

  it('changes tags and attributes of a user, and lists users by tag', async () => {
    const { client, call, keys, alice } = target;
    const user = { ...params(), user_id: alice.user_id };
    const changed = await client.users.update({
      params: user,
      body: { add_tags: ['vip', 'vip', 'Größe L'], attributes: { city: 'Oslo', orders: 2, gone: null } },
    });
    expect(changed).toMatchObject({
      tags: ['vip', 'Größe L'],
      attributes: { city: 'Oslo', orders: 2 },
      first_name: 'Ann',
    });
    expect((await client.users.list({ params: params(), query: { tag: 'Größe L' } })).items).toEqual([changed]);
    const again = await client.users.update({
      params: user,
      body: { remove_tags: ['Größe L', 'unknown'], attributes: { city: null, nested: { a: [1, null] } } },
    });
    expect(again).toMatchObject({ tags: ['vip'], attributes: { orders: 2, nested: { a: [1, null] } } });
    expect((await client.users.list({ params: params(), query: { tag: 'Größe L' } })).items).toEqual([]);
    const path = `/api/bots/${alice.bot.id}/users/${alice.user_id}`;
    const refused: readonly (readonly [unknown, string])[] = [
      [{ add_tags: ['a\nb'] }, '/add_tags/0'],
      [{ add_tags: [''] }, '/add_tags/0'],
      [{ add_tags: ['x'.repeat(65)] }, '/add_tags/0'],
      [{ attributes: { 'a b': 1 } }, '/attributes/a b'],
      [{ attributes: { constructor: 1 } }, '/attributes/constructor'],
      [{ tags: ['a'] }, '/tags'],
    ];
    for (const [body, at] of refused) {
      const answer = await call(keys.alice, 'PATCH', path, body);
      expect([answer.status, answer.json()]).toMatchObject([
        422,
        { code: 'VALIDATION_FAILED', errors: [{ path: at }] },
      ]);
    }
    const tooMuch = await call(keys.alice, 'PATCH', path, { attributes: { long: 'x'.repeat(16_000) } });
    expect([tooMuch.status, tooMuch.json()]).toMatchObject([
      422,
      { code: 'VALIDATION_FAILED', detail: expect.stringContaining('at most 16000 characters') as string },
    ]);
    expect(await client.users.get({ params: user })).toEqual(again);
    expect((await call(keys.alice, 'GET', `/api/bots/${alice.bot.id}/users?tag=%00`)).status).toBe(400);
  });

  it('stores secrets by name and never shows them', async () => {
    const { client, call, keys, alice } = target;
    const path = `/api/bots/${alice.bot.id}/secrets`;
    const put = await call(keys.alice, 'PUT', `${path}/SHOP_KEY`, { value: 'CANARY-secret' });
    expect([put.status, put.json()]).toEqual([
      200,
      { name: 'SHOP_KEY', created_at: expect.any(String) as string, updated_at: expect.any(String) as string },
    ]);
    expect((await client.secrets.list({ params: params() })).items.map(({ name }) => name)).toEqual(['SHOP_KEY']);
    for (const name of ['1a', 'a-b', 'a%20b', 'x'.repeat(65)])
      expect((await call(keys.alice, 'PUT', `${path}/${name}`, { value: 'CANARY-secret' })).status).toBe(404);
    for (const body of [{}, { value: '' }, { value: 5 }, { value: 'x'.repeat(8_193) }])
      expect((await call(keys.alice, 'PUT', `${path}/A`, body)).status).toBe(422);
    const refused = await call(keys.alice, 'POST', `/api/bots/${alice.bot.id}/flows`, {
      name: 'x',
      flow_data: {
        steps: [
          { id: 'a', type: 'http', url: 'https://example.com/{{ secrets.SHOP_KAY }}' },
          { id: 'b', type: 'message', text: '{{ secrets.SHOP_KEY }}' },
        ],
      },
    });
    expect([refused.status, refused.json()]).toMatchObject([
      422,
      {
        errors: [
          { path: '/flow_data/steps/1/text', code: 'secret_place' },
          { path: '/flow_data/steps/0/url', code: 'unknown_secret', hint: 'Did you mean "SHOP_KEY"?' },
        ],
      },
    ]);
    const misnamed = await call(keys.alice, 'PUT', `${path}/1ST`, { value: 'x' });
    expect([misnamed.status, misnamed.json()]).toMatchObject([
      404,
      { detail: expect.stringContaining('does not begin with a digit') as string },
    ]);
    await client.secrets.remove({ params: { ...params(), secret_name: 'SHOP_KEY' } });
    await expect(client.secrets.remove({ params: { ...params(), secret_name: 'SHOP_KEY' } })).rejects.toMatchObject({
      code: 'SECRET_NOT_FOUND',
    });
    expect(target.answered() + target.logged()).not.toContain('CANARY-secret');
  });

  it('streams a file with headers that prevent a browser from running it', async () => {
    const { items } = await target.client.messages.list({ params: params(), query: { type: 'photo' } });
    const path = (items[0]?.file_url ?? '').slice(base.length);
    const answer = await target.call(target.keys.alice, 'GET', path);
    expect(answer.status).toBe(200);
    expect(answer.bytes.length).toBeGreaterThan(0);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(answer.headers['content-disposition']).toMatch(/^(?:inline|attachment); filename="[A-Za-z0-9._-]+"$/);
    const head = await target.call(target.keys.alice, 'HEAD', path);
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    const none = await target.call(target.keys.alice, 'GET', `/api/bots/${target.alice.bot.id}/files/AgADnothing`);
    expect([none.status, none.json()]).toMatchObject([404, { code: 'FILE_NOT_FOUND' }]);
  });

  it('sends a message through the outbox', async () => {
    const answer = await target.call(target.keys.alice, 'POST', `/api/bots/${target.alice.bot.id}/messages`, {
      user_id: target.alice.user_id,
      text: 'From the API',
    });
    expect([answer.status, answer.json()]).toMatchObject([201, { direction: 'outgoing', text: 'From the API' }]);
    await target.telegram.user('Ann').in(target.alice.fake).expectReply('From the API');
    const unknown = await target.call(target.keys.alice, 'POST', `/api/bots/${target.alice.bot.id}/messages`, {
      user_id: target.alice.bot.id,
      text: 'x',
    });
    expect([unknown.status, unknown.json()]).toMatchObject([404, { code: 'USER_NOT_FOUND' }]);
  });

  it('shows statistics', async () => {
    const stats = await target.client.bots.stats({ params: params() });
    expect(stats).toMatchObject({
      user_count: 1,
      active_users: { day: 1, week: 1, month: 1 },
      webhook: { is_ours: true },
    });
    expect(stats.messages.incoming).toBeGreaterThan(0);
  });

  it('accepts only JSON of the right size and content', async () => {
    const path = `/api/bots/${target.alice.bot.id}`;
    const send = (headers: Record<string, string>, body: string) =>
      target.send({
        method: 'PATCH',
        path,
        headers: { authorization: `Bearer ${target.keys.alice}`, ...headers },
        body,
      });
    expect((await send({ 'content-type': 'text/plain' }, '{"name":"x"}')).status).toBe(415);
    expect((await send({}, '{"name":"x"}')).status).toBe(415);
    expect((await send({ 'content-type': 'Application/JSON; Charset=UTF-8' }, '{"name":"Alice"}')).status).toBe(200);
    expect((await send({ 'content-type': 'application/json' }, '{"name":')).json()).toMatchObject({
      status: 400,
      code: 'BODY_NOT_JSON',
    });
    expect((await send({ 'content-type': 'application/json' }, '[]')).json()).toMatchObject({
      status: 422,
      code: 'VALIDATION_FAILED',
    });
    expect((await send({ 'content-type': 'application/json' }, '{"name":""}')).json()).toMatchObject({
      status: 422,
      errors: [{ path: '/name' }],
    });
    expect(
      (await send({ 'content-type': 'application/json' }, `{"name":"${'x'.repeat(70_000)}"}`)).json(),
    ).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('accepts flows of one mebibyte', async () => {
    const text = 'x'.repeat(4000);
    const steps = Array.from({ length: 240 }, (_, index) => ({ id: `s${index}`, type: 'message', text }));
    const answer = await target.call(target.keys.alice, 'POST', `/api/bots/${target.alice.bot.id}/flows`, {
      name: 'Long',
      flow_data: { steps, initial_step: 's0' },
    });
    expect([400, 413, 415]).not.toContain(answer.status);
  });

  it('reports health and readiness without a key, with any query of the probe', async () => {
    expect((await target.send({ path: '/api/healthz' })).json()).toEqual({ status: 'ok' });
    expect((await target.send({ path: '/api/readyz?probe=1' })).json()).toEqual({ status: 'ready' });
  });

  it('serves its OpenAPI document with the mount path', async () => {
    const document = (await target.send({ path: '/api/openapi.json' })).json() as { servers: unknown; paths: object };
    expect(document.servers).toEqual([{ url: base === '' ? '/' : base }]);
    expect(Object.keys(document.paths)).toHaveLength(
      new Set(listEndpoints(contract).map(({ endpoint }) => endpoint.path)).size,
    );
    const page = await target.send({ path: '/api/docs' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.text).not.toMatch(/<script|onclick|javascript:|https?:\/\/(?!example)/i);
  });

  it('sends every response as its schema specifies', async () => {
    const { client } = target;
    const lists = [
      [contract.bots.list, await client.bots.list()],
      [contract.flows.list, await client.flows.list({ params: params() })],
      [contract.users.list, await client.users.list({ params: params() })],
      [contract.messages.list, await client.messages.list({ params: params() })],
      [contract.answers.list, await client.answers.list({ params: params() })],
      [contract.deadLetters.list, await client.deadLetters.list({ params: params() })],
      [contract.bots.stats, await client.bots.stats({ params: params() })],
    ] as const;
    for (const [endpoint, value] of lists) expect(endpoint.response.parse(value)).toEqual(value);
  });

  it('has a client whose errors describe the problem', async () => {
    const stranger = createClient({ baseUrl: 'http://127.0.0.1:9', apiKey: 'x' });
    await expect(stranger.bots.list()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
