import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { StorageFactory } from '@botloom/core';
import { postgres } from '@botloom/core/postgres';
import { sqlite } from '@botloom/core/sqlite';
import { createTestDatabase } from '../../setup/test-database.ts';

export type DatabaseName = 'SQLite in memory' | 'SQLite' | 'PostgreSQL';

/** An empty database of one harness. */
export interface HarnessDatabase {
  /** Its URL in the environment of a service. */
  readonly url: string;
  storage(): StorageFactory;
  /** Resources that a stopped Botloom has left open; empty after a clean stop. */
  listLeaks(): Promise<readonly string[]>;
  drop(): Promise<void>;
}

export function createHarnessDatabase(name: DatabaseName): Promise<HarnessDatabase> {
  return DATABASE_FACTORIES[name]();
}

const DATABASE_FACTORIES: Readonly<Record<DatabaseName, () => Promise<HarnessDatabase>>> = {
  'SQLite in memory': async () => ({
    url: 'sqlite::memory:',
    storage: () => sqlite({ file: ':memory:' }),
    listLeaks: async () => [],
    drop: async () => undefined,
  }),
  SQLite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'botloom-journey-'));
    const file = join(folder, 'botloom.db');
    return {
      url: `sqlite:${file}`,
      storage: () => sqlite({ file }),
      // The last connection removes the write-ahead log when it closes.
      listLeaks: async () => (await readdir(folder)).filter((name) => name.endsWith('-wal') || name.endsWith('-shm')),
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  },
  PostgreSQL: async () => {
    const { url, drop } = await createTestDatabase();
    return { url, storage: () => postgres({ url }), listLeaks: () => openConnections(url), drop };
  },
};

async function openConnections(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ query: string }>(
      'select query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    return rows.map(({ query }) => `a connection whose last statement was: ${query}`);
  } finally {
    await client.end();
  }
}
