import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '@botloom/core';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness, type TestHarness } from '../src/journeys/stage/test-harness.ts';

const KEY = 'CANARY key "ä"/?&';
const TOKEN = 'CANARY-token-123';
/** Matches a part of either secret, also in its encoded forms. No stored or visible text may match. */
const SECRET_PATTERN = /CANARY|Q0FOQVJZ|tb206Q0FOQVJZ|%22%C3%A4/;

describe.each([
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const)('secrets in http steps, on $adapter with $database', ({ adapter, database }) => {
  let store: HarnessDatabase;
  let harness: TestHarness;
  const asked: { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  /** Called when a request has arrived, before the response. */
  let onAsked: () => Promise<void> = () => Promise.resolve();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const seen = { url: request.url ?? '', headers: request.headers, body };
      asked.push(seen);
      // The response repeats the whole request.
      void onAsked().then(() =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(seen)),
      );
    });
  });

  beforeAll(async () => {
    store = await createHarnessDatabase(database);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    harness = await startTestHarness({
      adapter,
      storage: store.storage(),
      outbound: { allow: [`127.0.0.1:${port()}`] },
    });
  });

  afterAll(async () => {
    await harness.stop();
    await store.drop();
    server.close();
  });

  function port(): number {
    return (server.address() as AddressInfo).port; // a TCP server
  }

  test('reach the server and no other place: no job, state, message, answer, log or trace', async () => {
    const bot = await harness.createBot();
    for (const [name, value] of [
      ['KEY', KEY],
      ['TOKEN', TOKEN],
    ] as const)
      await harness.api.call('PUT', `${bot.path}/secrets/${name}`, { value });
    const steps = [
      { id: 'q', type: 'question', text: 'Say' },
      {
        id: 'ask',
        type: 'http',
        method: 'POST',
        url: `http://127.0.0.1:${port()}/{{ secrets.KEY }}`,
        query: { q: '{{ q }}', k: '{{ secrets.KEY }}' },
        headers: { 'X-Token': '{{ secrets.TOKEN }}' },
        auth: { type: 'basic', username: 'mom', password: '{{ secrets.TOKEN }}' },
        json: { said: '{{ q }}', key: ['{{ secrets.KEY }}!'] },
        save_to: 'all',
      },
      { id: 'tell', type: 'message', text: '{{ all.url }} {{ all.body }} {{ all.headers.authorization }} {{ q }}' },
      { id: 'more', type: 'question', text: 'More?' },
    ];
    await harness.api.call('POST', `${bot.path}/flows`, { name: 'f', trigger_command: 'start', flow_data: { steps } });
    const ann = harness.telegram.user('Ann').in(bot.fake);
    let during = '';
    onAsked = async () => {
      during = await dump(store.url);
    };
    await ann.send('/start');
    await ann.expectReply('Say');
    await ann.send('{{ secrets.KEY }}');
    const told = await ann.expectReply(/secret/);
    await ann.expectReply('More?');
    await harness.quiet();
    const [seen] = asked.splice(0);
    expect(seen?.url).toBe(
      `/${encodeURIComponent(KEY)}?q=${encodeURIComponent('{{ secrets.KEY }}')}&k=${encodeURIComponent(KEY)}`,
    );
    expect(seen?.headers).toMatchObject({
      'x-token': TOKEN,
      authorization: `Basic ${Buffer.from(`mom:${TOKEN}`).toString('base64')}`,
    });
    expect(JSON.parse(seen?.body ?? '')).toEqual({ said: '{{ secrets.KEY }}', key: [`${KEY}!`] });
    expect(told.text).toContain('Basic [secret]');
    expect(told.text).toContain('{{ secrets.KEY }}');
    const messages = await harness.api.all<Message>(`${bot.path}/messages`);
    const answers = [
      messages,
      await harness.api.call('GET', `${bot.path}/secrets`),
      await harness.api.call('GET', bot.path),
      await harness.api.call('GET', `${bot.path}/sessions`),
    ];
    expect(during).toContain('http_request');
    for (const place of [
      during,
      await dump(store.url),
      JSON.stringify(answers),
      harness.log.tail(1_000),
      JSON.stringify(harness.telegram.calls),
    ])
      expect(place).not.toMatch(SECRET_PATTERN);
  });

  test('a removed secret fails the step, and the error names it', async () => {
    const bot = await harness.createBot();
    onAsked = () => Promise.resolve();
    await harness.api.call('PUT', `${bot.path}/secrets/TOKEN`, { value: TOKEN });
    const steps = [
      {
        id: 'ask',
        type: 'http',
        url: `http://127.0.0.1:${port()}/`,
        auth: { type: 'bearer', token: '{{ secrets.TOKEN }}' },
        on_error: 'sorry',
      },
      { id: 'ok', type: 'message', text: 'ok', next: null },
      { id: 'sorry', type: 'message', text: 'sorry' },
    ];
    await harness.api.call('POST', `${bot.path}/flows`, { name: 'f', trigger_command: 'start', flow_data: { steps } });
    const ann = harness.telegram.user('Ann').in(bot.fake);
    await ann.send('/start');
    await ann.expectReply('ok');
    expect(asked.splice(0)).toMatchObject([{ headers: { authorization: `Bearer ${TOKEN}` } }]);
    await harness.api.call('DELETE', `${bot.path}/secrets/TOKEN`);
    await ann.send('/start');
    await ann.expectReply('sorry');
    await harness.quiet();
    expect(asked).toEqual([]);
    expect(harness.log.tail(100)).toContain('SECRET_MISSING');
    expect(harness.log.tail(1_000)).not.toMatch(SECRET_PATTERN);
  });
});

/** Everything stored in the database, except sealed values. */
async function dump(url: string): Promise<string> {
  if (url.startsWith('sqlite:')) {
    const database = new Database(url.slice('sqlite:'.length), { readonly: true });
    const tables = database
      .prepare<[], { name: string }>("select name from sqlite_master where type = 'table' and name like 'botloom_%'")
      .all();
    const rows = tables.map(({ name }) => database.prepare(`select * from ${name}`).all());
    database.close();
    return JSON.stringify(rows);
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where tablename like 'botloom_%'",
    );
    const all: unknown[] = [];
    for (const { name } of tables) all.push((await client.query(`select * from ${name}`)).rows);
    return JSON.stringify(all);
  } finally {
    await client.end();
  }
}
