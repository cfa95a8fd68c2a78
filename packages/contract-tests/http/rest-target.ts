import { createServer } from 'node:http';
import { createBotloom, type Bot, type Botloom, type Flow, type Logger, type Message } from '@botloom/core';
import { createClient, type Client } from '@botloom/core/client';
import { sqlite } from '@botloom/core/sqlite';
import { startFakeTelegram, type FakeBot, type FakeTelegram } from '@botloom/fake-telegram';
import { sendRaw, type RawAnswer, type RawRequest, type ServeHost } from '@botloom/testing/http-conformance';
import { listen } from './listen.ts';

/**
 * A complete Botloom behind an adapter, with the bots of two tenants. The bot of the first tenant has a flow, a user,
 * messages and a dead letter.
 */
export interface RestTarget {
  readonly base: string;
  readonly botloom: Botloom;
  readonly telegram: FakeTelegram;
  readonly keys: { readonly admin: string; readonly read: string; readonly alice: string; readonly bob: string };
  readonly client: Client;
  readonly alice: {
    readonly bot: Bot;
    readonly fake: FakeBot;
    readonly flow: Flow;
    readonly user_id: string;
    readonly session_id: string;
    readonly file_id: string;
    readonly upload_id: string;
  };
  readonly bob: { readonly bot: Bot };
  /** The secret that Telegram received for Alice's bot. */
  readonly secret: string;
  /** The whole log. */
  readonly logged: () => string;
  /** All responses so far. */
  readonly answered: () => string;
  send(request: RawRequest): Promise<RawAnswer>;
  /** Sends a JSON request with a key. */
  call(key: string, method: string, path: string, body?: unknown): Promise<RawAnswer>;
  /** Posts a body as an update, as Telegram would. */
  post(update: unknown, options?: { readonly bot_id?: string; readonly secret?: string | null }): Promise<RawAnswer>;
  close(): Promise<void>;
}

export async function startRest(serve: ServeHost, mount: string, base: string): Promise<RestTarget> {
  const telegram = await startFakeTelegram({ allowHttpWebhooks: true, chatWindow: false });
  const log: string[] = [];
  const answers: string[] = [];
  const write = (data: object, message: string): void => {
    log.push(`${message} ${JSON.stringify(data)}`);
  };
  const logger: Logger = { debug: write, info: write, warn: write, error: write };
  // Telegram gets the URL before the host has one, because the host needs Botloom first.
  const relay = await startRelay();
  const botloom = createBotloom({
    storage: sqlite({ file: ':memory:' }),
    secrets: 'a secret for tests only',
    publicUrl: relay.origin + base,
    allowInsecureWebhooks: true,
    telegram: { apiRoot: telegram.url },
    logger,
  });
  await botloom.start();
  const host = await serve({ http: botloom.http, mount, parsers: 'none' });
  relay.forwardTo(host.origin);
  const keys = {
    admin: (await botloom.apiKeys.create({ name: 'admin' })).key,
    read: (await botloom.apiKeys.create({ name: 'read', permissions: ['read'] })).key,
    alice: (await botloom.apiKeys.create({ name: 'alice', permissions: ['write'], owner: 'alice' })).key,
    bob: (await botloom.apiKeys.create({ name: 'bob', permissions: ['write'], owner: 'bob' })).key,
  };
  const send = async (request: RawRequest): Promise<RawAnswer> => {
    const answer = await sendRaw(host.origin, { ...request, path: base + request.path });
    answers.push(JSON.stringify(answer.headers), answer.text);
    return answer;
  };
  const client = createClient({ baseUrl: host.origin + base, apiKey: keys.alice });
  const fake = telegram.createBot({ username: 'alice_bot' });
  const bot = await client.bots.create({ body: { token: fake.token, name: 'Alice' } });
  const other = await createClient({ baseUrl: host.origin + base, apiKey: keys.bob }).bots.create({
    body: { token: telegram.createBot({ username: 'bob_bot' }).token },
  });
  const flow = await client.flows.create({
    params: { id: bot.id },
    body: { name: 'Hello', trigger_command: '/start', flow_data: { response: 'Hello {{ user.first_name }}' } },
  });
  const upload = await client.uploads.create({
    params: { id: bot.id },
    query: { name: 'hello.txt' },
    body: new Blob(['Hello']),
  });
  await client.bots.setWebhook({ params: { id: bot.id } });
  const ann = telegram.user('Ann').in(fake);
  await ann.send('/start');
  await ann.expectReply('Hello Ann');
  await ann.sendPhoto();
  await telegram.idle();
  await botloom.idle();
  const { items } = await client.messages.list({ params: { id: bot.id } });
  const photo = items.find((message: Message) => message.type === 'photo');
  const chat_id = String(items[0]?.chat_id ?? 0);
  const secret = fake.webhook?.secret_token ?? '';
  return {
    base,
    botloom,
    telegram,
    keys,
    client,
    alice: {
      bot,
      fake,
      flow,
      user_id: items[0]?.user_id ?? '',
      session_id: `${chat_id}_0_${chat_id}`,
      file_id: photo?.file_id ?? '',
      upload_id: upload.id,
    },
    bob: { bot: other },
    secret,
    logged: () => log.join('\n'),
    answered: () => answers.join('\n'),
    send,
    call: (key, method, path, body) =>
      send({
        method,
        path,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    post: (update, options = {}) =>
      send({
        method: 'POST',
        path: `/api/webhook/${options.bot_id ?? bot.id}`,
        headers: {
          'content-type': 'application/json',
          ...(options.secret === null ? {} : { 'x-telegram-bot-api-secret-token': options.secret ?? secret }),
        },
        body: typeof update === 'string' ? update : JSON.stringify(update),
      }),
    async close() {
      await botloom.stop();
      await host.close();
      await relay.close();
      await telegram.close();
    },
  };
}

/** A URL that is known before the host has one. */
async function startRelay(): Promise<{
  readonly origin: string;
  forwardTo(origin: string): void;
  close(): Promise<void>;
}> {
  let target = '';
  const server = createServer((request, response) => {
    const forward = async (): Promise<void> => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk as Uint8Array);
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
      delete headers['transfer-encoding'];
      const answer = await sendRaw(target, {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers,
        body: Buffer.concat(chunks),
      });
      response.writeHead(answer.status).end(answer.bytes);
    };
    forward().catch(() => response.destroy());
  });
  const { origin, close } = await listen(server);
  return {
    origin,
    forwardTo(host) {
      target = host;
    },
    close,
  };
}
