import { describe, expect, it } from 'vitest';
import { assembleApi } from './assemble-api.ts';
import { createFetchHandler } from './fetch-handler.ts';
import type { HttpRoute } from './http-types.ts';

let letGo = 0;
async function* chunks(): AsyncGenerator<Uint8Array> {
  try {
    for (let index = 0; index < 3; index += 1) yield await Promise.resolve(new Uint8Array([index]));
  } finally {
    letGo += 1;
  }
}

const routes: HttpRoute[] = [
  {
    method: 'GET',
    path: '/api/x/:name',
    admit: ({ params, search, base }) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ params, search, base }),
    }),
  },
  { method: 'GET', path: '/api/stream', admit: () => ({ status: 200, headers: {}, body: chunks() }) },
  {
    method: 'POST',
    path: '/api/x',
    admit: () => ({
      body_limit: 4,
      handle: async (body) => {
        const bytes = body.kind === 'unread' ? await body.read(4).catch(() => null) : null;
        return { status: bytes === null ? 413 : 200, headers: {}, body: bytes };
      },
    }),
  },
];
const log = (): void => undefined;
const handle = createFetchHandler(assembleApi(routes, { debug: log, info: log, warn: log, error: log }), {
  base: '/bots',
});
const send = (method: string, path: string, body?: string) =>
  handle(new Request(`https://example.com${path}`, { method, ...(body === undefined ? {} : { body }) }));

describe('createFetchHandler', () => {
  it('finds routes below its base, with parameters decoded', async () => {
    const response = await send('GET', '/bots/api/x/a%2Fb?c=%20');
    expect(await response.json()).toEqual({ params: { name: 'a/b' }, search: 'c=%20', base: '/bots' });
  });

  it('responds with 404, 405 and to OPTIONS', async () => {
    expect((await send('GET', '/bots/api/nothing')).status).toBe(404);
    expect((await send('GET', '/other/api/x/a')).status).toBe(404);
    expect((await send('GET', '/bots/api/x/%E0%A4%A')).status).toBe(404);
    const wrong = await send('DELETE', '/bots/api/x/a');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect((await send('OPTIONS', '/bots/api/x/a')).status).toBe(204);
  });

  it('reads bodies up to their limit', async () => {
    expect(await (await send('POST', '/bots/api/x', 'four')).text()).toBe('four');
    expect((await send('POST', '/bots/api/x', 'fiver')).status).toBe(413);
  });

  it('streams, and cancels the stream for HEAD', async () => {
    expect([...new Uint8Array(await (await send('GET', '/bots/api/stream')).arrayBuffer())]).toEqual([0, 1, 2]);
    const before = letGo;
    expect((await send('HEAD', '/bots/api/stream')).body).toBeNull();
    await new Promise(setImmediate);
    expect(letGo).toBe(before + 1);
  });
});
