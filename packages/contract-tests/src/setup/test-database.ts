import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import './provided-context.ts';

/** An empty PostgreSQL database of one test file. */
export interface TestDatabase {
  url: string;
  /** Drops it, ending the connections that are still open. */
  drop: () => Promise<void>;
}

/**
 * Creates an empty database on the run's PostgreSQL server.
 *
 * Only in the vitest projects `storage`, `http`, `journeys` and `browser`.
 *
 * @example
 * ```ts
 * const database = await createTestDatabase();
 * afterAll(() => database.drop());
 * ```
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = inject('postgresUrl');
  const name = `botloom_test_${randomBytes(8).toString('hex')}`;
  await execute(admin, `create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(admin, `drop database if exists ${name} with (force)`) };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
