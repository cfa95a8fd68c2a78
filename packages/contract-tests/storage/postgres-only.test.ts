import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  BatchDataError,
  createSecretBox,
  isBotloomError,
  NO_WAIT,
  type BatchInput,
  type NewMessage,
  type Storage,
} from '@botloom/core';
import { postgres } from '@botloom/core/postgres';
import { createTestDatabase, type TestDatabase } from '../src/setup/test-database.ts';

const secretBox = createSecretBox(['a master key of the tests']);
const NOTHING = {
  users: [],
  sessions: [],
  answers: [],
  messages: [],
  edits: [],
  calls: [],
  jobs: [],
  migrated_chats: [],
};

let database: TestDatabase;
let pool: pg.Pool;
let storage: Storage;
let bot_id: string;
/** Messages of the server that end a round trip. */
let roundTrips = 0;
let updateId = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 3, connectionTimeoutMillis: 300 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // Missing in pg's types: the connection of a client, which emits every message of the server.
    const { connection } = client as unknown as { readonly connection: NodeJS.EventEmitter };
    connection.on('readyForQuery', () => {
      roundTrips += 1;
    });
  });
  storage = postgres({ pool, lockTimeout: 300, statementTimeout: 2_000 })({ secretBox });
  await storage.migrate('auto');
});

beforeEach(async () => {
  bot_id = (
    await storage.bots.create({
      id: randomUUID(),
      name: 'b',
      telegram_id: 1,
      username: 'b',
      owner: null,
      token: randomUUID(),
      webhook_secret: 's',
      settings: {},
    })
  ).id;
});

afterAll(async () => {
  await storage.close();
  await pool.end();
  await database.drop();
});

function input(chat_id: number): BatchInput {
  updateId += 1;
  const user = {
    chat_id,
    username: null,
    first_name: 'Ann',
    last_name: null,
    language: null,
    phone: null,
    is_blocked: false,
  };
  return {
    bot_id,
    claim: { kind: 'update', update_id: updateId },
    user,
    sessions: [{ bot_id, chat_id, thread_id: 0, user_id: chat_id }],
  };
}

function outgoing(chat_id: number): NewMessage {
  const send = { method: 'sendMessage', delivery: 'at_least_once', expires_at: 9e12 } as const;
  return {
    bot_id,
    user_id: null,
    chat_id,
    thread_id: 0,
    direction: 'outgoing',
    type: 'text',
    text: 'x',
    file_id: null,
    flow_id: null,
    telegram_message_id: null,
    payload: {},
    send,
  };
}

async function countRoundTrips(work: () => Promise<unknown>): Promise<number> {
  await storage.ready();
  roundTrips = 0;
  await work();
  return roundTrips;
}

function send(owner: string, chats: readonly number[]) {
  return storage.updates.processBatch(owner, chats.map(input), Date.now(), (locked) => {
    const key = { bot_id, chat_id: chats[0] ?? 0, thread_id: 0, user_id: chats[0] ?? 0 };
    const [user] = locked.users.values();
    const users = user === undefined ? [] : [{ id: user.id, bot_id, tags: ['a'], tags_before: [], attributes: {} }];
    const answer = {
      key,
      user_id: user?.id ?? null,
      flow_id: bot_id,
      flow_version_id: 1,
      step_id: 's',
      variable: 'v',
      value: 1,
    };
    const call = { bot_id, chat_id: chats[0] ?? 0, method: 'x', payload: {}, expires_at: 9e12, after_message: 0 };
    const job = { bot_id, kind: 'x', payload: {}, due_at: 9e12, key: null };
    const session = { flow_version_id: 1, step_id: 's', state: {} };
    return {
      kind: 'commit',
      writes: {
        ...NOTHING,
        users,
        sessions: [{ key, session, summary: NO_WAIT }],
        answers: [answer],
        messages: chats.map(outgoing),
        edits: [],
        calls: [call],
        jobs: [job],
      },
    };
  });
}

test('a batch of any size and with every kind of row takes two round trips', async () => {
  expect(await countRoundTrips(() => send('me', [1]))).toBe(2);
  expect(
    await countRoundTrips(() =>
      send(
        'me',
        Array.from({ length: 100 }, (_, index) => index + 1),
      ),
    ),
  ).toBe(2);
  expect(
    await countRoundTrips(() =>
      storage.updates.processBatch('me', [input(1)], Date.now(), () => ({ kind: 'rollback' })),
    ),
  ).toBe(2);
});

test('a batch for a chat of another instance takes three round trips', async () => {
  for (const id of ['first', 'second']) await storage.instances.register(id, 'x', 60_000);
  await send('first', [1]);
  expect(await countRoundTrips(() => send('second', [1]))).toBe(3);
});

test('a batch that writes to a chat without an update in it takes three round trips', async () => {
  const batch = () =>
    storage.updates.processBatch('me', [input(1)], Date.now(), () => ({
      kind: 'commit',
      writes: { ...NOTHING, messages: [outgoing(1), outgoing(-5), outgoing(2)] },
    }));
  expect(await countRoundTrips(batch)).toBe(3);
  expect(await countRoundTrips(batch)).toBe(3);
});

test('a batch waits for a locked chat without holding a lock that the other transaction could wait for', async () => {
  await send('me', [1, -5]);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select 1 from botloom_session where bot_id = $1 and chat_id = -5 for update', [bot_id]);
    const written = storage.updates.processBatch('me', [input(1)], Date.now(), () => ({
      kind: 'commit',
      writes: { ...NOTHING, messages: [outgoing(-5)] },
    }));
    // Chat -5 is before chat 1 in the lock order: it is waited for first, and chat 1 is still free meanwhile.
    await waitForLock();
    await client.query('select 1 from botloom_session where bot_id = $1 and chat_id = 1 for update', [bot_id]);
    await client.query('commit');
    expect((await written).messages).toMatchObject([{ owner: 'me' }]);
  } finally {
    await client.end();
  }
});

/** Waits until one of Botloom's transactions waits for a lock. */
async function waitForLock(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await pool.query<{ waiting: string }>(
      `select count(*) as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0]?.waiting !== '0') return;
  }
  throw new Error('Nothing waits for a lock.');
}

test('the outbox needs one round trip per operation', async () => {
  const outcome = await send('sender', [5, 6]);
  expect(await countRoundTrips(() => storage.outbox.load('sender', null, 10))).toBe(1);
  const outcomes = [
    { source: 'message', id: outcome.messages[0]!.id, kind: 'sent', telegram_message_id: 1, at: 1 },
    { source: 'message', id: outcome.messages[1]!.id, kind: 'failed', reason: 'x' },
    { source: 'call', id: outcome.calls[0]!.id, kind: 'sent', telegram_message_id: null, at: 1 },
  ] as const;
  expect(await countRoundTrips(() => storage.outbox.recordOutcomes('sender', outcomes))).toBe(1);
  expect(await countRoundTrips(() => storage.outbox.enqueue('sender', outgoing(5), { id: 5, type: 'private' }))).toBe(
    2,
  );
});

test('every client is returned to the pool after any failure', async () => {
  const poison = { ...outgoing(1), text: 'a\u0000' };
  for (let round = 0; round < 10; round += 1) {
    await expect(
      storage.updates.processBatch('me', [input(1)], Date.now(), () => ({
        kind: 'commit',
        writes: { ...NOTHING, messages: [poison] },
      })),
    ).rejects.toBeInstanceOf(BatchDataError);
    await expect(
      storage.updates.processBatch('me', [input(1)], Date.now(), () => {
        throw new Error('mine');
      }),
    ).rejects.toThrow('mine');
    await expect(
      storage.bots.create({
        id: 'no uuid',
        name: 'b',
        telegram_id: 1,
        username: 'b',
        owner: null,
        token: randomUUID(),
        webhook_secret: 's',
        settings: {},
      }),
    ).rejects.toThrow();
  }
  expect([pool.idleCount, pool.waitingCount]).toEqual([pool.totalCount, 0]);
  expect((await send('me', [1])).kind).toBe('committed');
});

test('no transaction of Botloom stays open, and the connection of a host keeps its settings', async () => {
  await send('me', [1]);
  await expect(
    storage.updates.processBatch('me', [input(1)], Date.now(), () => {
      throw new Error('mine');
    }),
  ).rejects.toThrow();
  const { rows } = await pool.query<{ open: string; seqscan: string; timeout: string }>(
    `select
       (select count(*) from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%') as open,
       current_setting('enable_seqscan') as seqscan,
       current_setting('lock_timeout') as timeout`,
  );
  expect(rows[0]).toEqual({ open: '0', seqscan: 'on', timeout: '0' });
});

test('a lock timeout is STORAGE_UNAVAILABLE with Retry-After', async () => {
  await send('me', [77]);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select 1 from botloom_session where bot_id = $1 and chat_id = 77 for update', [bot_id]);
    await expect(send('me', [77])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retryAfter: 1 });
    await client.query('rollback');
  } finally {
    await client.end();
  }
  expect((await send('me', [77])).kind).toBe('committed');
});

test('an exhausted pool is STORAGE_UNAVAILABLE', async () => {
  const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
  try {
    await expect(send('me', [1])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await expect(storage.ready()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  } finally {
    for (const client of clients) client.release();
  }
});

test('connections that the server ends are replaced, and their work is rolled back', async () => {
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const kill = () =>
    admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
  try {
    await send('me', [1]);
    const before = await storage.bots.get({ owner: null }, bot_id);
    let killed: Promise<unknown> = Promise.resolve();
    const batch = storage.updates.processBatch('me', [input(1)], Date.now(), () => {
      killed = kill();
      // The connection is closed before the writes reach it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      return { kind: 'commit', writes: { ...NOTHING, messages: [outgoing(1)] } };
    });
    const outcome = await batch.then(
      () => 'committed',
      (error: unknown) => (isBotloomError(error) ? error.code : error),
    );
    await killed;
    const after = await retryOnBrokenConnection(() => storage.bots.get({ owner: null }, bot_id));
    expect(after!.request_count - before!.request_count).toBe(outcome === 'committed' ? 1 : 0);
    if (outcome !== 'committed') expect(outcome).toBe('STORAGE_UNAVAILABLE');
    expect((await retryOnBrokenConnection(() => send('me', [1]))).kind).toBe('committed');
  } finally {
    await admin.end();
  }
});

/** Any idle connection of the pool may have been ended, which is noticed only when it is used. */
async function retryOnBrokenConnection<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let broken = 0; ; broken += 1) {
    try {
      return await work();
    } catch (error) {
      if (broken >= 10 || !isBotloomError(error) || error.code !== 'STORAGE_UNAVAILABLE') throw error;
    }
  }
}

test('missing prepared statements are prepared again', async () => {
  await send('me', [1]);
  const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
  for (const client of clients) {
    await client.query('deallocate all');
    client.release();
  }
  expect((await send('me', [1])).kind).toBe('committed');
});

test('an unreachable database is STORAGE_UNAVAILABLE', async () => {
  const away = postgres({ url: 'postgres://nobody@127.0.0.1:1/none', config: { connectionTimeoutMillis: 500 } })({
    secretBox,
  });
  await expect(away.ready()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  await expect(away.migrate('auto')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  await expect(away.updates.processBatch('me', [input(1)], 1, () => ({ kind: 'rollback' }))).rejects.toMatchObject({
    code: 'STORAGE_UNAVAILABLE',
    retryAfter: 2,
  });
  await away.close();
});

test('closing does not close the pool of a host', async () => {
  const other = postgres({ pool })({ secretBox });
  await other.close();
  expect((await pool.query<{ one: number }>('select 1 as one')).rows[0]?.one).toBe(1);
});
