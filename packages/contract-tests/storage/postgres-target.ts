import pg from 'pg';
import { createSecretBox } from '@botloom/core';
import { postgres, type PostgresOptions } from '@botloom/core/postgres';
import type { StorageTarget } from '@botloom/testing/storage-conformance';
import { createTestDatabase } from '../src/setup/test-database.ts';

/**
 * Creates a database on the server of the run for each group.
 *
 * @param schema - schema of the tables, from the options
 */
export function postgresTarget(
  options: (url: string) => PostgresOptions = (url) => ({ url }),
  schema = 'public',
): StorageTarget {
  return {
    async createDatabase() {
      const database = await createTestDatabase();
      const given = options(database.url);
      return {
        open: (keys) => postgres(given)({ secretBox: createSecretBox(keys) }),
        notifies: given.preparedStatements !== false,
        execute: async (sql) => {
          const client = new pg.Client({ connectionString: database.url });
          await client.connect();
          try {
            await client.query(`set search_path to ${pg.escapeIdentifier(schema)}`);
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
