import { createSecretBox } from '@botloom/core';
import { postgres, type PostgresOptions } from '@botloom/core/postgres';
import type { StorageTarget } from '@botloom/testing/storage-conformance';
import pg from 'pg';
import { createTestDatabase } from '../src/setup/test-database.ts';

/** A database of the run's server for each group. */
export function postgresTarget(options: (url: string) => PostgresOptions = (url) => ({ url })): StorageTarget {
  return {
    async createDatabase() {
      const database = await createTestDatabase();
      return {
        open: (keys) => postgres(options(database.url))({ secretBox: createSecretBox(keys) }),
        execute: async (sql) => {
          const client = new pg.Client({ connectionString: database.url });
          await client.connect();
          try {
            const { rows } = await client.query<Record<string, unknown>>(sql);
            return rows;
          } finally {
            await client.end();
          }
        },
        drop: () => database.drop(),
      };
    },
  };
}
