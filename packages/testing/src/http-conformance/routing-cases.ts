import { expect, it } from 'vitest';
import type { ConformanceTarget } from './conformance-target.ts';

/** Paths, methods, and the head of a request as the adapter passes it on. */
export function routingCases({ send, base }: ConformanceTarget): void {
  it('passes on the head: method, path below the mount, unchanged query, parameters, base, headers', async () => {
    const answer = await send({ path: '/api/probe/head/ann?a=1&a=%2F&b', headers: { 'X-Probe': 'yes' } });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      method: 'GET',
      path: '/api/probe/head/ann',
      search: 'a=1&a=%2F&b',
      params: { name: 'ann' },
      base,
      probe: 'yes',
    });
  });

  it('passes on every method and several parameters, but not those of the mount', async () => {
    expect((await send({ method: 'DELETE', path: '/api/probe/pair/1/2' })).json()).toMatchObject({
      method: 'DELETE',
      params: { left: '1', right: '2' },
      base,
    });
    expect(
      (
        await send({
          method: 'PUT',
          path: '/api/probe/pair/a/b',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
      ).json(),
    ).toMatchObject({ params: { left: 'a', right: 'b' } });
    expect(
      (
        await send({
          method: 'PATCH',
          path: '/api/probe/pair/a/b',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
      ).status,
    ).toBe(200);
  });

  it('waits for an asynchronous admission', async () => {
    expect((await send({ path: '/api/probe/later/bob' })).json()).toMatchObject({ params: { name: 'bob' } });
  });

  it('decodes parameters once, and keeps an encoded slash within a parameter', async () => {
    expect((await send({ path: '/api/probe/head/a%20b' })).json()).toMatchObject({ params: { name: 'a b' } });
    expect((await send({ path: '/api/probe/head/..%2fx' })).json()).toMatchObject({ params: { name: '../x' } });
    expect((await send({ path: '/api/probe/head/%25252e' })).json()).toMatchObject({ params: { name: '%252e' } });
    expect((await send({ path: '/api/probe/head/%C3%A9' })).json()).toMatchObject({ params: { name: 'é' } });
  });

  it('accepts parameters as long as a file ID can be', async () => {
    const name = 'A'.repeat(240);
    expect((await send({ path: `/api/probe/head/${name}` })).json()).toMatchObject({ params: { name } });
  });

  it('responds with 4xx to a parameter that cannot be decoded, and keeps working', async () => {
    const answer = await send({ path: '/api/probe/head/%E0%A4%A' });
    expect([400, 404]).toContain(answer.status);
    expect((await send({ path: '/api/probe/head/ok' })).status).toBe(200);
  });

  it.each([
    '/api/probe/nothing',
    '/api/probe',
    '/api/probe/',
    '/api/probe/head/',
    '/api/probe/head/a/',
    '/api/probe/head/a/b',
    '/api/probe/Head/a',
  ])('responds to %s with our 404', async (path) => {
    const answer = await send({ path });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({
      status: 404,
      code: 'ROUTE_NOT_FOUND',
      type: `${base}/api/docs#ROUTE_NOT_FOUND`,
    });
  });

  it('responds to another method with 405 and the allowed methods', async () => {
    const answer = await send({ method: 'PUT', path: '/api/probe/head/a' });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS');
    expect(answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    expect((await send({ method: 'GET', path: '/api/probe/pair/a/b' })).headers.allow).toBe(
      'PUT, PATCH, DELETE, OPTIONS',
    );
  });

  it('responds to OPTIONS with the methods, and without a header that allows other origins', async () => {
    const answer = await send({
      method: 'OPTIONS',
      path: '/api/probe/empty',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    const get = await send({ path: '/api/probe/head/a', headers: { origin: 'https://evil.example' } });
    expect(Object.keys(get.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('is not affected by headers and queries with names of prototype members', async () => {
    const answer = await send({
      path: '/api/probe/head/__proto__?__proto__[x]=1&constructor=2',
      headers: { ['__proto__']: 'x', constructor: 'y' },
    });
    expect(answer.status).toBe(200);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
}
