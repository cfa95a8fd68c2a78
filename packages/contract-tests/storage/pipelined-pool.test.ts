import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSecretBox, type NewMessage, type Storage } from '@botloom/core';
import { postgres } from '@botloom/core/postgres';
import { createTestDatabase, type TestDatabase } from '../src/setup/test-database.ts';

/** A host's pool whose clients use the pipeline mode of pg, which accepts no queries but pg's own. */
let pool: pg.Pool;
let database: TestDatabase;
let storage: Storage;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 3, pipeline: true });
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
  const message: NewMessage = {
    bot_id,
    user_id: null,
    chat_id: 5,
    thread_id: 0,
    direction: 'outgoing',
    type: 'text',
    text: 'hi',
    file_id: null,
    flow_id: null,
    telegram_message_id: null,
    payload: { text: 'hi' },
    send: { method: 'sendMessage', delivery: 'at_least_once', expires_at: Date.now() + 3_600_000 },
  };
  await storage.outbox.enqueue(randomUUID(), message, { id: 5, type: 'private' });
  const chats = async (): Promise<unknown> =>
    (await pool.query<{ chat_id: string }>('select chat_id from botloom_message')).rows;

  await pool.query('alter table botloom_outgoing_call rename to away');
  await expect(storage.outbox.moveChat(bot_id, 5, -7)).rejects.toThrow();
  expect(await chats()).toEqual([{ chat_id: '5' }]);

  await pool.query('alter table away rename to botloom_outgoing_call');
  await storage.outbox.moveChat(bot_id, 5, -7);
  expect(await chats()).toEqual([{ chat_id: '-7' }]);
});
