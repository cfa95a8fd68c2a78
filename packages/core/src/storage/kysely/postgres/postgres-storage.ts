import { CompiledQuery, Kysely, sql } from 'kysely';
import type { StorageContext } from '../../storage-factory.ts';
import type { Storage } from '../../storage.ts';
import { createKyselyStorage } from '../kysely-storage.ts';
import type { MigrationRunner } from '../migrations/migrate.ts';
import type { Tables } from '../tables.ts';
import { createHotStatements } from './hot-statements.ts';
import { PostgresConnections, type PostgresConnectionsOptions } from './postgres-connections.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import { createPostgresOutboxStore } from './postgres-outbox-store.ts';
import { createPostgresTraits } from './postgres-traits.ts';
import { createPostgresUpdateStore } from './postgres-update-store.ts';
import { createRowHandoffSubscriber } from './rows-given.ts';

export interface PostgresStorageOptions extends PostgresConnectionsOptions {
  /** Schema of the tables. Null for the first one of the search path. */
  readonly schema: string | null;
}

/** Creates a storage on a PostgreSQL database. */
export function createPostgresStorage(options: PostgresStorageOptions, { secretBox }: StorageContext): Storage {
  const { schema, pool } = options;
  const connections = new PostgresConnections(options);
  const plain = new Kysely<Tables>({ dialect: createPostgresDialect(connections) });
  const db = schema === null ? plain : plain.withSchema(schema);
  const prefix = schema === null ? 'botloom_' : `${quote(schema)}.botloom_`;
  const statements = createHotStatements(prefix);
  const channel = `botloom_rows_given_${schema ?? ''}`;
  const path = { connections, statements, channel };
  return createKyselyStorage(
    {
      db,
      traits: createPostgresTraits(schema),
      migrationRunner: createMigrationRunner(db, schema, prefix),
      // A pooler assigns connections per transaction, so LISTEN does not work. Instances poll for rows instead.
      onRowHandoff: options.preparedStatements
        ? createRowHandoffSubscriber(pool, channel)
        : async () => async () => undefined,
      pruneSeenUpdates: async (before, limit) => {
        const [rows] = await connections.run(statements.pruneSeen.step(before, limit));
        return statements.pruneSeen.read(rows);
      },
      createUpdateStore: (instances) => createPostgresUpdateStore(path, instances),
      createOutboxStore: (instances) => createPostgresOutboxStore(path, instances),
      close: () => connections.close(),
    },
    secretBox,
  );
}

function createMigrationRunner(db: Kysely<Tables>, schema: string | null, prefix: string): MigrationRunner {
  return {
    withLock: (work) =>
      db.transaction().execute(async (trx) => {
        const lock = `botloom migrations ${schema ?? ''}`;
        await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(trx);
        return work(trx);
      }),
    execute: async (trx, migration) => {
      await trx.executeQuery(
        CompiledQuery.raw(migration.postgres.replaceAll('{t}', prefix).replaceAll('{i}', 'botloom_')),
      );
    },
    createMigrationTable: async (trx) => {
      const parts = [
        schema === null ? '' : `create schema if not exists ${quote(schema)};`,
        `create table if not exists ${prefix}migration (
           id int primary key, name text not null, applied_at timestamptz(3) not null);`,
        `create table if not exists ${prefix}secret (name text primary key, sealed text not null);`,
      ];
      await trx.executeQuery(CompiledQuery.raw(parts.join('\n')));
    },
    hasMigrationTable: async (trx) => {
      const query = sql<{ readonly name: string | null }>`select to_regclass(${`${prefix}migration`})::text as name`;
      const { rows } = await query.execute(trx);
      return typeof rows[0]?.name === 'string';
    },
  };
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
