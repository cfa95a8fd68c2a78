import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatSessionKey, createSecretBox, type BatchInput, type BatchWrites, type Storage } from '@botloom/core';
import { postgres } from '@botloom/core/postgres';
import { createTestDatabase, type TestDatabase } from '../src/setup/test-database.ts';

const NO_WRITES: BatchWrites = {
  users: [],
  sessions: [],
  answers: [],
  messages: [],
  edits: [],
  calls: [],
  jobs: [],
  migrated_chats: [],
};

/** A host's pool whose clients use the pipeline mode of pg, which accepts no queries but pg's own. */
let pool: pg.Pool;
let database: TestDatabase;
let storage: Storage;

beforeAll(async () => {
  database = await createTestDatabase();
  // The option is missing in pg's types.
  pool = new pg.Pool({ connectionString: database.url, max: 3, pipeline: true } as pg.PoolConfig);
  pool.on('error', () => undefined);
  storage = postgres({ pool })({ secretBox: createSecretBox(['a master key of the tests']) });
  await storage.migrate('auto');
});

afterAll(async () => {
  await storage.close();
  await pool.end();
  await database.drop();
});

test('statements that belong together take effect together, or not at all', async () => {
  const { id: bot_id } = await storage.bots.create({
    id: randomUUID(),
    name: 'b',
    telegram_id: 1,
    username: 'b',
    owner: null,
    token: randomUUID(),
    webhook_secret: 's',
    settings: {},
  });
  const input: BatchInput = {
    bot_id,
    claim: { kind: 'update', update_id: 1 },
    user: {
      chat_id: 5,
      username: null,
      first_name: 'Ann',
      last_name: null,
      language: null,
      phone: null,
      is_blocked: false,
    },
    sessions: [chatSessionKey(bot_id, { id: 5, type: 'private' })],
  };
  await storage.updates.processBatch('i', [input], Date.now(), () => ({ kind: 'commit', writes: NO_WRITES }));
  const isBlocked = async (): Promise<unknown> =>
    (await pool.query<{ is_blocked: boolean }>('select is_blocked from botloom_bot_user')).rows;

  await pool.query('alter table botloom_outgoing_call rename to away');
  await expect(storage.outbox.failBlocked(bot_id, 5, 'Forbidden: bot was blocked by the user')).rejects.toThrow();
  expect(await isBlocked()).toEqual([{ is_blocked: false }]);

  await pool.query('alter table away rename to botloom_outgoing_call');
  await storage.outbox.failBlocked(bot_id, 5, 'Forbidden: bot was blocked by the user');
  expect(await isBlocked()).toEqual([{ is_blocked: true }]);
});
