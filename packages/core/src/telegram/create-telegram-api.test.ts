import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createTelegramApi, type TelegramApiOptions } from './create-telegram-api.ts';
import type { TelegramApi } from './telegram-api.ts';
import { TelegramApiError, TelegramNetworkError } from './telegram-error.ts';

const CANARY = 'CANARYcanaryCANARYcanaryCANARYcanary';
const token = `123456789:${CANARY}`;
const bot = { id: 'a', token };
const secret_token = 'SECRETsecretSECRETsecret';

const servers: Server[] = [];
const apis: TelegramApi[] = [];
afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.close()));
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  // The address of a server that listens on TCP is always an `AddressInfo`.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function createApi(apiRoot: string, options: TelegramApiOptions = {}): TelegramApi {
  const api = createTelegramApi({ apiRoot, ...options });
  apis.push(api);
  return api;
}

async function answering(status: number, body: string, options?: TelegramApiOptions): Promise<TelegramApi> {
  return createApi(
    await listen((request, response) =>
      request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(body)),
    ),
    options,
  );
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const failure: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof Error)) throw new Error('it succeeded');
  return failure;
}

/** Everything that could end up in a log. */
function serialized(error: Error): string {
  const parts: unknown[] = [];
  for (let link: unknown = error; link instanceof Error; link = link.cause) {
    parts.push(
      String(link),
      link.message,
      link.stack,
      JSON.stringify(link),
      JSON.stringify(link, Object.getOwnPropertyNames(link)),
    );
  }
  return [...parts, inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })].join('\n');
}

describe('a call', () => {
  test('posts JSON to the method of the bot and returns the result', async () => {
    const seen: unknown[] = [];
    const root = await listen(
      (request, response) =>
        void bodyOf(request).then((body) => {
          seen.push(request.method, request.url, request.headers['content-type'], body);
          response.end('{"ok":true,"result":{"message_id":5}}');
        }),
    );
    const payload = {
      chat_id: 7,
      text: 'hi 😀',
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    };
    expect(await createApi(root).call(bot, 'sendMessage', payload)).toEqual({ message_id: 5 });
    expect(seen).toEqual(['POST', `/bot${token}/sendMessage`, 'application/json', payload]);
  });

  test.each(['getMe', 'getWebhookInfo', 'deleteWebhook', 'aMethodOfTheFuture'])(
    '%s sends an empty object as its parameters, with and without a timeout',
    async (method) => {
      const bodies: unknown[] = [];
      const root = await listen(
        (request, response) =>
          void bodyOf(request).then((body) => response.end(JSON.stringify({ ok: true, result: bodies.push(body) }))),
      );
      const api = createApi(root);
      await api.call(bot, method, {});
      await api.call(bot, method, {}, { timeout: 5_000 });
      expect(bodies).toEqual([{}, {}]);
    },
  );

  test('keeps the path of the API root and uses the test environment if it is set', async () => {
    const urls: (string | undefined)[] = [];
    const root = await listen((request, response) => {
      urls.push(request.url);
      response.end('{"ok":true,"result":true}');
    });
    await createApi(`${root}/proxy/`, { testEnvironment: true }).call(bot, 'getMe', {});
    expect(urls).toEqual([`/proxy/bot${token}/test/getMe`]);
  });

  test('uses the token of the call, also after the token was changed', async () => {
    const urls: (string | undefined)[] = [];
    const root = await listen((request, response) => {
      urls.push(request.url);
      response.end('{"ok":true,"result":true}');
    });
    const api = createApi(root);
    await api.call({ id: 'a', token: '1:old' }, 'close', {});
    await api.call({ id: 'a', token: '1:new' }, 'close', {});
    expect(urls).toEqual(['/bot1:old/close', '/bot1:new/close']);
  });
});

describe('a call that Telegram rejects', () => {
  test('throws an error with the code and the parameters of the response', async () => {
    const api = await answering(
      429,
      '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}',
    );
    expect(await failureOf(api.call(bot, 'sendMessage', {}))).toMatchObject({
      method: 'sendMessage',
      error_code: 429,
      retry_after: 7,
      migrate_to_chat_id: null,
    });
  });

  test('throws an error with the new chat ID if the group was upgraded', async () => {
    const api = await answering(
      400,
      '{"ok":false,"error_code":400,"description":"Bad Request","parameters":{"migrate_to_chat_id":-1001234567890}}',
    );
    expect(await failureOf(api.call(bot, 'sendMessage', {}))).toMatchObject({ migrate_to_chat_id: -1001234567890 });
  });
});

const silent: RequestListener = () => {};
const reset: RequestListener = (request: IncomingMessage) =>
  request.resume().on('end', () => request.socket.resetAndDestroy());
const half: RequestListener = (_, response: ServerResponse) => {
  response.writeHead(200, { 'content-length': '1000' }).write('{"ok":');
  response.socket?.end();
};

/**
 * All ways in which a call can fail. The last item is true if Telegram may have executed the call nevertheless, and
 * null if Telegram responded.
 */
const FAILURES: readonly (readonly [string, () => Promise<TelegramApi>, boolean | null])[] = [
  ['refused', () => Promise.resolve(createApi('http://127.0.0.1:1')), false],
  ['bad host', () => Promise.resolve(createApi('http://no-such-host.invalid')), false],
  ['reset', async () => createApi(await listen(reset)), true],
  ['an incomplete response', async () => createApi(await listen(half)), true],
  ['timeout', async () => createApi(await listen(silent), { timeout: 50 }), true],
  ['401', () => answering(401, '{"ok":false,"error_code":401,"description":"Unauthorized"}'), null],
  ['404', () => answering(404, '{"ok":false,"error_code":404,"description":"Not Found"}'), null],
  [
    '429',
    () =>
      answering(429, '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1}}'),
    null,
  ],
  ['500', () => answering(500, '{"ok":false,"error_code":500,"description":"Internal Server Error: restart"}'), null],
  [
    'an echo of what was sent',
    () =>
      answering(
        400,
        JSON.stringify({ ok: false, error_code: 400, description: `bad ${token} in /bot${token}/x, ${secret_token}` }),
      ),
    null,
  ],
  ['502 from a gateway', () => answering(502, '<html>Bad Gateway</html>'), true],
  ['403 from a proxy', () => answering(403, '<html>Forbidden</html>'), false],
  ['invalid JSON', () => answering(200, '{"ok":tr'), true],
  ['JSON that is not a response of the Bot API', () => answering(200, '[1]'), true],
];

describe('a failure', () => {
  test.each(FAILURES)('%s contains neither the token nor the webhook secret', async (_, make) => {
    const error = await failureOf((await make()).call(bot, 'setWebhook', { url: 'https://example.com', secret_token }));
    expect(serialized(error)).not.toMatch(new RegExp(`${CANARY}|${secret_token}`));
    expect(error.cause).toBeUndefined();
  });

  test.each(FAILURES)('%s reports whether Telegram may have executed the call', async (_, make, ambiguous) => {
    const error = await failureOf((await make()).call(bot, 'sendMessage', { text: 'x' }));
    if (ambiguous === null) expect(error).toBeInstanceOf(TelegramApiError);
    else expect(error).toMatchObject({ name: 'TelegramNetworkError', ambiguous, method: 'sendMessage' });
  });

  test('an aborted call fails; it is ambiguous only after the request was sent', async () => {
    const controller = new AbortController();
    const root = await listen(() => {
      controller.abort();
    });
    const error = await failureOf(createApi(root).call(bot, 'getUpdates', {}, { signal: controller.signal }));
    expect(error).toMatchObject({
      message: 'No answer from Telegram to getUpdates: the call was cancelled',
      ambiguous: true,
    });
    expect(serialized(error)).not.toContain(CANARY);
    expect(await failureOf(createApi(root).call(bot, 'getMe', {}, { signal: controller.signal }))).toMatchObject({
      ambiguous: false,
    });
  });

  test('a call fails after its own timeout', async () => {
    const error = await failureOf(createApi(await listen(silent)).call(bot, 'getWebhookInfo', {}, { timeout: 30 }));
    expect(error).toMatchObject({
      message: 'No answer from Telegram to getWebhookInfo: no response in time',
      ambiguous: true,
    });
  });

  test('a timeout while waiting for a free connection is not ambiguous', async () => {
    const api = createApi(await listen(silent), { connections: 1, timeout: 50 });
    const first = failureOf(api.call(bot, 'sendMessage', {}));
    const second = failureOf(api.call(bot, 'sendMessage', {}));
    expect([await first, await second]).toMatchObject([{ ambiguous: true }, { ambiguous: false }]);
  });
});

describe('a download', () => {
  const serve =
    (file_path: string, handler: RequestListener): RequestListener =>
    (request, response) => {
      if (request.url?.startsWith('/file/') === true) handler(request, response);
      else
        request
          .resume()
          .on('end', () => response.end(JSON.stringify({ ok: true, result: { file_id: 'f', file_path } })));
    };

  async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  test('streams the file with its name and size', async () => {
    const file = await createApi(
      await listen(
        serve('photos/file_3.jpg', (request, response) =>
          response
            .writeHead(200, { 'content-length': '3' })
            .end(request.url === `/file/bot${token}/photos/file_3.jpg` ? 'jpg' : 'no!'),
        ),
      ),
    ).download(bot, 'f');
    expect(file).toMatchObject({ name: 'file_3.jpg', size: 3 });
    expect(await read(file.body)).toBe('jpg');
  });

  test.each(['/var/lib/telegram-bot-api/file.jpg', 'C:\\files\\file.jpg'])(
    'rejects an absolute path on the disk of the server: %s',
    async (path) => {
      expect(await failureOf(createApi(await listen(serve(path, silent))).download(bot, 'f'))).toMatchObject({
        code: 'TELEGRAM_FAILED',
      });
    },
  );

  test.each(['../../bot1/getMe', 'a/../../x', 'x?y', 'x#y', ''])('rejects an invalid path: %j', async (path) => {
    await expect(createApi(await listen(serve(path, silent))).download(bot, 'f')).rejects.toThrow();
  });

  test('fails above the maximum size, with and without a Content-Length', async () => {
    const told = await listen(
      serve('a.bin', (_, response) => response.writeHead(200, { 'content-length': '50' }).end('x'.repeat(50))),
    );
    await expect(createApi(told, { maxFileSize: 10 }).download(bot, 'f')).rejects.toMatchObject({
      code: 'TELEGRAM_FAILED',
    });
    const untold = await listen(serve('a.bin', (_, response) => response.writeHead(200).end('x'.repeat(50))));
    const file = await createApi(untold, { maxFileSize: 10 }).download(bot, 'f');
    await expect(read(file.body)).rejects.toMatchObject({ code: 'TELEGRAM_FAILED' });
  });

  test.each([
    ['does not exist', (_: IncomingMessage, response: ServerResponse) => response.writeHead(404).end('{}')],
    [
      'is interrupted',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '100' }).write('x');
        setImmediate(() => response.destroy());
      },
    ],
  ])('of a file that %s fails, and the error does not contain the token', async (_, handler) => {
    const api = createApi(await listen(serve('a.bin', handler)));
    const error = await failureOf(api.download(bot, 'f').then((file) => read(file.body)));
    expect(error instanceof TelegramApiError || error instanceof TelegramNetworkError).toBe(true);
    expect(serialized(error)).not.toContain(CANARY);
  });

  test('that is canceled before it is read closes its connection', async () => {
    const closed = Promise.withResolvers<void>();
    const api = createApi(
      await listen(
        serve('a.bin', (request, response) => {
          request.socket.once('close', () => {
            closed.resolve();
          });
          response.writeHead(200).write('x'.repeat(10));
        }),
      ),
    );
    const file = await api.download(bot, 'f');
    await file.body[Symbol.asyncIterator]().return?.();
    await closed.promise;
  });
});

test.each(['ftp://example.com', 'example.com', 'https://user:pw@example.com', 'https://example.com/?a=1'])(
  'the API root %j is rejected',
  (apiRoot) => {
    expect(() => createTelegramApi({ apiRoot })).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }));
  },
);
