import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { createTelegramApi } from './create-telegram-api.ts';
import type { AttachedFile, TelegramApi } from './telegram-api.ts';
import { TelegramApiError, TelegramNetworkError } from './telegram-error.ts';

const bot = { id: 'a', token: '1:token' };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Starts a server whose handler can respond before or after it reads the request. Returns a client of this server. */
async function telegram(
  handle: (request: IncomingMessage, respond: (status: number, body: object) => void) => unknown,
  timeout?: number,
): Promise<TelegramApi> {
  const server: Server = createServer(
    (request, response) => void handle(request, (status, body) => response.writeHead(status).end(JSON.stringify(body))),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The address of a server that listens on TCP is always an `AddressInfo`.
  const api = createTelegramApi({ apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, timeout });
  ends.push(
    () => api.close(),
    () => server.close().closeAllConnections(),
  );
  return api;
}

async function formOf(request: IncomingMessage): Promise<FormData> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const response = new Response(Readable.toWeb(request) as ReadableStream, { headers });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Deprecated for servers; here an independent parser.
  return response.formData();
}

function file(content: string | AsyncIterable<Uint8Array>, more: Partial<AttachedFile> = {}): AttachedFile {
  return {
    name: 'f',
    file_name: 'a.png',
    content_type: 'image/png',
    size: typeof content === 'string' ? Buffer.byteLength(content) : 10,
    content: typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content,
    ...more,
  };
}

test('a call with files is a form with a Content-Length: strings as they are, other values as JSON', async () => {
  const seen: FormData[] = [];
  const lengths: (string | undefined)[] = [];
  const api = await telegram(async (request, respond) => {
    lengths.push(request.headers['content-length'], request.headers['transfer-encoding']);
    seen.push(await formOf(request));
    respond(200, { ok: true, result: { message_id: 5 } });
  });
  const payload = {
    chat_id: 7,
    photo: 'attach://f',
    caption: 'Grüße\r\n--"',
    caption_entities: [{ type: 'bold', offset: 0, length: 1 }],
    has_spoiler: true,
  };
  expect(
    await api.call(bot, 'sendPhoto', payload, {
      files: [file('bytes\r\n--'), file('', { name: 'g', file_name: 'Ä "1"\r\n.png' })],
    }),
  ).toEqual({ message_id: 5 });
  const [form] = seen;
  expect([...form!.keys()]).toEqual(['chat_id', 'photo', 'caption', 'caption_entities', 'has_spoiler', 'f', 'g']);
  expect(['chat_id', 'photo', 'caption', 'caption_entities', 'has_spoiler'].map((name) => form!.get(name))).toEqual([
    '7',
    'attach://f',
    'Grüße\r\n--"',
    JSON.stringify(payload.caption_entities),
    'true',
  ]);
  const [first, second] = [form!.get('f') as File, form!.get('g') as File];
  expect([first.name, first.type, await first.text(), second.name]).toEqual([
    'a.png',
    'image/png',
    'bytes\r\n--',
    'Ä "1"\r\n.png',
  ]);
  expect(lengths).toEqual([expect.stringMatching(/^\d+$/), undefined]);
});

test('a response that arrives before the end of the body is used', async () => {
  const api = await telegram((_, respond) => {
    respond(401, { ok: false, error_code: 401, description: 'Unauthorized' });
  });
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('12345');
    await new Promise(() => undefined);
  }
  await expect(api.call(bot, 'sendPhoto', {}, { files: [file(slow())] })).rejects.toThrow(TelegramApiError);
});

test('content that cannot be read fails the call, and the error does not contain the token', async () => {
  const bodies: Promise<unknown>[] = [];
  const api = await telegram((request) => {
    bodies.push(once(request, 'close'));
    request.resume();
  });
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from('12345'));
    throw new Error('the database is away: 1:token');
  }
  const error: unknown = await api
    .call(bot, 'sendPhoto', {}, { files: [file(broken())] })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TelegramNetworkError);
  expect(String(error)).toContain('the database is away');
  expect(String(error)).not.toContain('1:token');
  await Promise.all(bodies);
});

test('content whose length differs from its declared size fails the call', async () => {
  const api = await telegram((request) => request.resume());
  for (const size of [4, 6])
    await expect(api.call(bot, 'sendPhoto', {}, { files: [file('12345', { size })] })).rejects.toThrow(
      TelegramNetworkError,
    );
});

test('a call with files has additional time for its upload', async () => {
  const api = await telegram((request, respond) => {
    setTimeout(() => {
      request.resume();
      respond(200, { ok: true, result: true });
    }, 300);
  }, 100);
  expect(await api.call(bot, 'sendDocument', {}, { files: [file('x'.repeat(50_000))] })).toBe(true);
  await expect(api.call(bot, 'sendMessage', {})).rejects.toThrow('no response in time');
});
