import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/setup/test-database.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

test('the test database is a real and recent PostgreSQL', async () => {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  expect(Number(rows[0]?.server_version_num)).toBeGreaterThanOrEqual(140_000);
});

test('the test database knows the letters of every script', async () => {
  const { rows } = await client.query<{ encoding: string; lower: string }>(
    `select pg_encoding_to_char(encoding) as encoding, lower('ÄΩЖ') as lower
     from pg_database where datname = current_database()`,
  );
  expect(rows[0]).toEqual({ encoding: 'UTF8', lower: 'äωж' });
});
