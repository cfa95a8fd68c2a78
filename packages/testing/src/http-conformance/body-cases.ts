import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { ConformanceTarget } from './conformance-target.ts';
import { CHUNK } from './probe-api.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Request bodies, read by the host or by Botloom. */
export function bodyCases({ send, base, origin, parsers }: ConformanceTarget): void {
  it('passes on a JSON body, parsed by the host or unread', async () => {
    const answer = await send({ method: 'POST', path: '/api/probe/echo', headers: JSON_TYPE, body: '{"a":[1,"é"]}' });
    expect(answer.json()).toMatchObject(
      parsers === 'before'
        ? { kind: 'parsed', value: { a: [1, 'é'] } }
        : { kind: 'unread', length: 14, value: '{"a":[1,"é"]}' },
    );
  });

  it('passes on a body unread if no parser of the host accepts it', async () => {
    const answer = await send({
      method: 'POST',
      path: '/api/probe/echo',
      headers: { 'content-type': 'image/png' },
      body: Buffer.alloc(300_000, 1),
    });
    expect(answer.json()).toMatchObject({ kind: 'unread', length: 300_000 });
  });

  it('passes on a complete chunked body', async () => {
    const parts = ['{"a":', '"b', 'c"}'];
    async function* body(): AsyncGenerator<Uint8Array> {
      for (const part of parts) {
        yield await new Promise<Uint8Array>((resolve) =>
          setImmediate(() => {
            resolve(Buffer.from(part));
          }),
        );
      }
    }
    const answer = await send({ method: 'POST', path: '/api/probe/echo', headers: JSON_TYPE, body: body() });
    expect(answer.json()).toMatchObject(parsers === 'before' ? { value: { a: 'bc' } } : { value: '{"a":"bc"}' });
  });

  it('reports a missing body to the API', async () => {
    const variants: readonly Readonly<Record<string, string>>[] = [
      {},
      { 'content-length': '0' },
      { 'content-length': '0', ...JSON_TYPE },
    ];
    for (const headers of variants) {
      const answer = await send({ method: 'POST', path: '/api/probe/echo', headers });
      // Some host parsers reject an empty JSON body themselves.
      if (answer.status === 200) expect(answer.json()).toMatchObject({ kind: 'none' });
    }
  });

  it('never passes on an unusual content type as a different one', async () => {
    for (const type of ['application/json\ta', ' application/json', 'application/json, text/plain', 'x']) {
      const answer = await sendType(origin(), `${base}/api/probe/echo`, type);
      expect(answer, type).toMatch(/^HTTP\/1\.1 (?:200|415|400) /);
    }
  });

  it('survives a caller that disconnects in the middle of a body', async () => {
    await new Promise<void>((resolve) => {
      const { hostname, port } = new URL(origin());
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST ${base}/api/probe/echo HTTP/1.1\r\nhost: x\r\n` +
            'content-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":',
          () => socket.destroy(),
        );
      });
      socket.on('close', () => {
        resolve();
      });
    });
    expect((await send({ method: 'POST', path: '/api/probe/echo', headers: JSON_TYPE, body: '{}' })).status).toBe(200);
  });
}

/** Request bodies that no parser has read before Botloom: read late, counted and limited. */
export function unreadBodyCases({ send, base, origin, probe }: ConformanceTarget): void {
  it('passes on bodies of any type and encoding unread, for the API to accept or reject', async () => {
    const gzip = gzipSync('{}');
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'multipart/form-data; boundary=x' },
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
    ]) {
      const answer = await send({ method: 'POST', path: '/api/probe/echo', headers, body: gzip });
      expect(answer.json()).toMatchObject({ kind: 'unread', length: gzip.length });
    }
  });

  it('stops reading at the limit', async () => {
    const chunked = await send({ method: 'POST', path: '/api/probe/small', headers: JSON_TYPE, body: endless(64) });
    expect(chunked.status).toBe(413);
    const exact = await send({ method: 'POST', path: '/api/probe/small', headers: JSON_TYPE, body: 'x'.repeat(16) });
    expect(exact.json()).toMatchObject({ length: 16 });
    const over = await send({ method: 'POST', path: '/api/probe/small', headers: JSON_TYPE, body: 'x'.repeat(17) });
    expect(over.status).toBe(413);
  });

  it('accepts a body of 1 MiB', async () => {
    const answer = await send({
      method: 'POST',
      path: '/api/probe/echo',
      headers: JSON_TYPE,
      body: Buffer.alloc(1_048_576, ' '),
    });
    expect(answer.json()).toMatchObject({ length: 1_048_576 });
  });

  it('responds to a rejected request before its 50 MB arrive, and buffers none of them', async () => {
    const before = process.memoryUsage().rss;
    const handled = probe.handledRequests();
    const answer = await send({
      method: 'POST',
      path: '/api/probe/refused/x',
      headers: { ...JSON_TYPE, 'content-length': String(800 * CHUNK.length) },
      body: endless(800),
    });
    expect(answer.status).toBe(401);
    expect(probe.handledRequests()).toBe(handled);
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });

  it('responds to a rejected request whose body never arrives', async () => {
    const answer = await sendType(
      origin(),
      `${base}/api/probe/refused/x`,
      'application/json',
      'content-length: 1000\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });
}

async function* endless(chunks: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < chunks; sent += 1) yield await Promise.resolve(CHUNK);
}

/** Sends a request that Node's own client rejects. Returns the beginning of the response. */
function sendType(
  origin: string,
  path: string,
  contentType: string,
  length = 'content-length: 2\r\n',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\n` +
          `content-type:${contentType.startsWith(' ') ? ' ' : ''} ${contentType}\r\n${length}\r\n{}`,
      );
    });
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString('latin1'));
    });
    socket.once('error', reject);
  });
}
