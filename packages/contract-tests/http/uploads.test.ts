import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Upload } from '@botloom/core';
import { createFetchHandler } from '@botloom/core/http';
import type { RawAnswer } from '@botloom/testing/http-conformance';
import { REST_STACKS } from './rest-stacks.ts';
import { startRest, type RestTarget } from './rest-target.ts';

const PNG = { 'content-type': 'image/png' };

describe.each(REST_STACKS)('uploads on $name', ({ serve, mount, base }) => {
  let target: RestTarget;
  beforeAll(async () => {
    target = await startRest(serve, mount, base);
  });
  afterAll(() => target.close());
  const path = () => `/api/bots/${target.alice.bot.id}/uploads`;
  const post = (
    body: string | Uint8Array | AsyncIterable<Uint8Array>,
    headers: Readonly<Record<string, string>> = PNG,
    query = '?name=a.png',
  ): Promise<RawAnswer> =>
    target.send({
      method: 'POST',
      path: path() + query,
      headers: { authorization: `Bearer ${target.keys.alice}`, ...headers },
      body,
    });
  const read = (id: string) =>
    target.send({
      method: 'GET',
      path: `${path()}/${id}/content`,
      headers: { authorization: `Bearer ${target.keys.read}` },
    });

  it('stores a file of 12 MB, of known length and in chunks, and returns it unchanged as a download', async () => {
    const content = randomBytes(12_000_000);
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let from = 0; from < content.length; from += 65_536)
        yield await Promise.resolve(content.subarray(from, from + 65_536));
    }
    const first = await post(
      content,
      { 'content-type': 'application/vnd.x+zip; charset=x' },
      '?name=Gr%C3%BC%C3%9Fe%20%22x%22.zip',
    );
    expect(first.status).toBe(201);
    const upload = first.json() as Upload;
    expect(upload).toEqual({
      id: expect.any(String),
      bot_id: target.alice.bot.id,
      name: 'Grüße "x".zip',
      content_type: 'application/vnd.x+zip',
      size: 12_000_000,
      sha256: createHash('sha256').update(content).digest('hex'),
      created_at: expect.any(String),
    });
    const again = await post(
      chunks(),
      { 'content-type': 'application/vnd.x+zip' },
      '?name=Gr%C3%BC%C3%9Fe%20%22x%22.zip',
    );
    expect(again.json()).toEqual(upload);
    const answer = await read(upload.id);
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(content)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="Gr__e__x_.zip"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-length': '12000000',
    });
  }, 20_000);

  it('lists, shows and deletes them', async () => {
    const { client, alice } = target;
    const params = { id: alice.bot.id };
    const made = await client.uploads.create({
      params,
      query: { name: 'b.html' },
      body: new Blob(['<script>'], { type: 'text/html' }),
    });
    const list = await client.uploads.list({ params, query: { limit: 1 } });
    expect([list.items, list.next]).toEqual([[made], expect.any(String)]);
    const one = { params: { ...params, upload_id: made.id } };
    expect(await client.uploads.get(one)).toEqual(made);
    const content = await client.uploads.content(one);
    expect([content.headers.get('content-type'), await content.text()]).toEqual([
      'application/octet-stream',
      '<script>',
    ]);
    await client.uploads.delete(one);
    for (const call of [client.uploads.get, client.uploads.content, client.uploads.delete])
      await expect(call(one)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
  });

  it.each([
    ['no type', {}],
    ['the type of a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['a type that a page of another site can send', { 'content-type': 'text/plain;charset=UTF-8' }],
    ['two types', { 'content-type': 'image/png, text/html' }],
    ['a compressed body', { ...PNG, 'content-encoding': 'gzip' }],
  ])('refuses %s', async (_, headers) => {
    const answer = await post('x', headers);
    expect([answer.status, answer.json()]).toMatchObject([415, { code: 'MEDIA_TYPE_UNSUPPORTED' }]);
  });

  it('refuses an empty file, a missing name, and names that are paths', async () => {
    const empty = await post(new Uint8Array());
    expect([empty.status, empty.json()]).toMatchObject([422, { code: 'VALIDATION_FAILED' }]);
    for (const query of [
      '',
      '?name=',
      '?name=a%2Fb',
      '?name=a%5Cb',
      '?name=a%0Ab',
      '?name=%00',
      `?name=${'x'.repeat(129)}`,
    ]) {
      const answer = await post('x', PNG, query);
      expect([answer.status, answer.json()], query).toMatchObject([400, { code: 'BAD_REQUEST' }]);
    }
  });

  it('refuses a file over 50 MB, declared or not, and keeps the limits of other routes', async () => {
    const size = 50_000_001;
    const declared = await post(new Uint8Array(1), { ...PNG, 'content-length': String(size) });
    expect([declared.status, declared.json()]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }]);
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let sent = 0; sent <= size; sent += 1_048_576) yield await Promise.resolve(new Uint8Array(1_048_576));
    }
    expect((await post(endless())).status).toBe(413);
    const long = await target.call(target.keys.alice, 'PATCH', `/api/bots/${target.alice.bot.id}`, {
      name: 'x'.repeat(70_000),
    });
    expect(long.status).toBe(413);
  }, 30_000);

  it('accepts a few large files at a time, and many small ones', async () => {
    const handle = createFetchHandler(target.botloom.http);
    const begun: ReadableStreamDefaultController<Uint8Array>[] = [];
    const begin = (size: number) => {
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void begun.push(controller) });
      return handle(
        new Request(`http://x${path()}?name=l.png`, {
          method: 'POST',
          headers: { authorization: `Bearer ${target.keys.alice}`, ...PNG, 'content-length': String(size) },
          body,
          duplex: 'half',
        }),
      );
    };
    const large = [begin(50_000_000), begin(50_000_000)];
    const small = Array.from({ length: 20 }, () => begin(1_000));
    const third = await begin(50_000_000);
    expect([third.status, third.headers.get('retry-after'), await third.json()]).toMatchObject([
      503,
      '1',
      { code: 'UNAVAILABLE' },
    ]);
    for (const controller of begun.slice(0, 22)) {
      controller.enqueue(new Uint8Array([1]));
      controller.close();
    }
    for (const answer of await Promise.all([...large, ...small])) expect(answer.status).toBe(201);
    const again = begin(50_000_000);
    begun.at(-1)?.enqueue(new Uint8Array([1]));
    begun.at(-1)?.close();
    expect((await again).status).toBe(201);
  });

  it('works the same through the fetch handler', async () => {
    const handle = createFetchHandler(target.botloom.http);
    const authorization = `Bearer ${target.keys.alice}`;
    const made = await handle(
      new Request(`http://x${path()}?name=f.png`, {
        method: 'POST',
        headers: { authorization, ...PNG },
        body: new Uint8Array([1, 2, 3]),
      }),
    );
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as Upload;
    const answer = await handle(new Request(`http://x${path()}/${id}/content`, { headers: { authorization } }));
    // An invalid length, which fetch lets pass, must not break the memory limit for others.
    for (const length of ['x', '-5', '1e3']) {
      const odd = await handle(
        new Request(`http://x${path()}?name=f.png`, {
          method: 'POST',
          headers: { authorization, ...PNG, 'content-length': length },
          body: new Uint8Array([1, 2, 3]),
        }),
      );
      expect(odd.status).toBe(201);
    }
    expect([answer.headers.get('content-type'), [...new Uint8Array(await answer.arrayBuffer())]]).toEqual([
      'image/png',
      [1, 2, 3],
    ]);
  });
});
