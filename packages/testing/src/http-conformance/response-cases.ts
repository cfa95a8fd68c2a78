import { request } from 'node:http';
import { expect, it, vi } from 'vitest';
import type { ConformanceTarget } from './conformance-target.ts';
import { CHUNK, CHUNK_COUNT, SECRET_DETAIL } from './probe-api.ts';

/** Responses: bodies of every kind, HEAD, streams that succeed and fail, errors. */
export function responseCases({ send, origin, base, probe }: ConformanceTarget): void {
  it('sends text, bytes and empty bodies with their lengths', async () => {
    const text = await send({ path: '/api/probe/head/é'.replace('é', '%C3%A9') });
    expect(Number(text.headers['content-length'])).toBe(text.bytes.length);
    expect(text.headers['content-type']).toBe('application/json; charset=utf-8');
    expect([...(await send({ path: '/api/probe/bytes' })).bytes]).toEqual([0, 255, 1]);
    const nothing = await send({ path: '/api/probe/empty' });
    expect([nothing.status, nothing.bytes.length]).toEqual([204, 0]);
    const empty = await send({
      method: 'POST',
      path: '/api/probe/empty',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([empty.status, empty.bytes.length, empty.headers['content-length']]).toEqual([200, 0, '0']);
  });

  it('streams', async () => {
    const answer = await send({ path: '/api/probe/stream' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.is_complete).toBe(true);
    expect(answer.bytes.length).toBe(CHUNK.length * CHUNK_COUNT);
    expect(probe.openStreams()).toBe(0);
  });

  it('aborts the connection when a stream fails', async () => {
    const answer = await send({ path: '/api/probe/broken' });
    expect(answer.is_complete).toBe(false);
    expect(answer.bytes.length).toBeLessThan(CHUNK.length * CHUNK_COUNT);
    expect(answer.text).not.toContain('broken off');
    expect((await send({ path: '/api/probe/head/alive' })).status).toBe(200);
  });

  it('cancels a stream when the caller disconnects', async () => {
    await new Promise<void>((resolve, reject) => {
      const outgoing = request(`${origin()}${base}/api/probe/stream`, { agent: false }, (incoming) => {
        incoming.once('data', () => {
          incoming.destroy();
          resolve();
        });
      });
      outgoing.on('error', reject).end();
    });
    await vi.waitFor(() => {
      expect(probe.openStreams()).toBe(0);
    });
  });

  it('responds to HEAD like to GET, without the body, and cancels streams', async () => {
    const text = await send({ method: 'HEAD', path: '/api/probe/head/a' });
    expect([text.status, text.bytes.length, text.headers['content-type']]).toEqual([
      200,
      0,
      'application/json; charset=utf-8',
    ]);
    const stream = await send({ method: 'HEAD', path: '/api/probe/stream' });
    expect([stream.status, stream.bytes.length]).toEqual([200, 0]);
    await vi.waitFor(() => {
      expect(probe.openStreams()).toBe(0);
    });
    expect((await send({ method: 'HEAD', path: '/api/probe/nothing' })).status).toBe(404);
  });

  it.each(['throws', 'rejects'])('hides and logs an error that a route %s, without the host', async (name) => {
    const answer = await send({ path: `/api/probe/${name}` });
    expect(answer.status).toBe(500);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ code: 'INTERNAL', status: 500, reference: expect.any(String) as string });
    expect(answer.text).not.toContain(SECRET_DETAIL);
    expect(probe.logged.at(-1)).toContain(SECRET_DETAIL);
  });
}
