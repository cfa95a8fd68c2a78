import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Bot, Page } from '../model/index.ts';
import { allItems, createClient } from './index.ts';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function clientOf(answers: readonly Response[]) {
  const sent: Sent[] = [];
  const rest = [...answers];
  const client = createClient({
    baseUrl: 'https://example.com/bots/',
    apiKey: 'botloom_key',
    fetch(url, init) {
      sent.push({ url, init });
      return Promise.resolve(rest.shift() ?? Response.error());
    },
  });
  return { client, sent };
}

describe('createClient', () => {
  it('sends path, query, body and key as in the contract', async () => {
    const { client, sent } = clientOf([
      Response.json({ items: [], next: null }),
      Response.json({ id: 1 }, { status: 201 }),
      new Response(null, { status: 204 }),
    ]);
    await client.users.list({ params: { id: 'a/b' }, query: { search: 'ä&', limit: 10, is_blocked: true } });
    await client.messages.send({ params: { id: 'x' }, body: { user_id: 'u', text: 'Hi' } });
    await client.bots.delete({ params: { id: 'x' }, query: { force: true } });
    expect(sent.map(({ url, init }) => [init.method, url])).toEqual([
      ['GET', 'https://example.com/bots/api/bots/a%2Fb/users?search=%C3%A4%26&limit=10&is_blocked=true'],
      ['POST', 'https://example.com/bots/api/bots/x/messages'],
      ['DELETE', 'https://example.com/bots/api/bots/x?force=true'],
    ]);
    expect(sent[1]?.init).toMatchObject({
      headers: { authorization: 'Bearer botloom_key', 'content-type': 'application/json' },
      body: '{"user_id":"u","text":"Hi"}',
    });
  });

  it('throws the error of a problem document', async () => {
    const document = {
      type: '',
      title: '',
      status: 422,
      detail: 'no',
      code: 'VALIDATION_FAILED',
      errors: [{ path: '/name', code: 'x', message: 'm' }],
    };
    const { client } = clientOf([Response.json(document, { status: 422, headers: { 'retry-after': '2' } })]);
    await expect(client.bots.create({ body: { token: '1:a' } })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      status: 422,
      message: 'no',
      problems: document.errors,
      retryAfter: 2,
    });
  });

  it('throws UNAVAILABLE for the error page of a proxy', async () => {
    const { client } = clientOf([new Response('<html>', { status: 502 })]);
    await expect(client.system.health()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('iterates over the pages of a list', async () => {
    const { client, sent } = clientOf([
      Response.json({ items: [{ id: 'a' }], next: 'c2' }),
      Response.json({ items: [{ id: 'b' }], next: null }),
    ]);
    const ids: string[] = [];
    for await (const bot of allItems(client.bots.list, { query: { limit: 1 } })) ids.push(bot.id);
    expect(ids).toEqual(['a', 'b']);
    expect(sent.map(({ url }) => url.split('?')[1])).toEqual(['limit=1', 'limit=1&cursor=c2']);
  });

  it('is typed by the contract', () => {
    const { client } = clientOf([]);
    expectTypeOf(client.bots.list).returns.resolves.toEqualTypeOf<Page<Bot>>();
    expectTypeOf(client.bots.get).parameter(0).toExtend<{ params: { id: string | number } }>();
    expectTypeOf(client.files.get).returns.resolves.toEqualTypeOf<Response>();
    const mistakes = [
      // @ts-expect-error the bot is missing
      () => client.bots.get({}),
      // @ts-expect-error there is no such member
      () => client.bots.create({ body: { token: '', webhook_secret: '' } }),
      // @ts-expect-error there is no such filter
      () => client.users.list({ params: { id: '' }, query: { sort: 'token' } }),
    ];
    expect(mistakes).toHaveLength(3);
  });
});
