import { CompiledQuery, Kysely, sql } from 'kysely';
import type { StorageContext } from '../../storage-factory.ts';
import type { Storage } from '../../storage.ts';
import { createKyselyStorage } from '../kysely-storage.ts';
import type { MigrationRunner } from '../migrations/migrate.ts';
import type { Tables } from '../tables.ts';
import { PendingSendOutcomes } from './pending-send-outcomes.ts';
import { SqliteConnection, type SqliteConnectionOptions } from './sqlite-connection.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';
import { createSqliteOutboxStore } from './sqlite-outbox-store.ts';
import { sqliteTraits } from './sqlite-traits.ts';
import { inSqliteTransaction } from './sqlite-transaction.ts';
import { createSqliteUpdateStore } from './sqlite-update-store.ts';

/** A storage on one SQLite file, with one connection of its own. */
export function createSqliteStorage(options: SqliteConnectionOptions, { secretBox }: StorageContext): Storage {
  const connection = new SqliteConnection(options);
  const pendingOutcomes = new PendingSendOutcomes(connection);
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(connection) });
  return createKyselyStorage(
    {
      db,
      traits: sqliteTraits,
      migrationRunner: createMigrationRunner(db, connection),
      // Nobody tells: another process on the file is found by looking.
      onRowHandoff: async () => async () => undefined,
      // Rows are added in order of time, so the oldest come first without an index on the time.
      pruneSeenUpdates: (before, limit) =>
        inSqliteTransaction(connection, () => {
          const { changes } = connection
            .prepare(
              'delete from botloom_seen_update where rowid in (select rowid from (select rowid, seen_at from botloom_seen_update order by rowid limit ?) where seen_at < ?)',
            )
            .run(limit, before);
          return { commit: true, result: changes };
        }),
      createUpdateStore: (instances) => createSqliteUpdateStore(connection, pendingOutcomes, instances),
      createOutboxStore: (instances) => createSqliteOutboxStore(connection, pendingOutcomes, instances),
      close: () => connection.close(),
    },
    secretBox,
  );
}

function createMigrationRunner(db: Kysely<Tables>, connection: SqliteConnection): MigrationRunner {
  return {
    // BEGIN IMMEDIATE is the lock: one writer at a time, of all processes.
    withLock: (work) => db.transaction().execute(work),
    execute: async (_trx, migration) => {
      // The transaction holds the connection; `exec` takes several statements at once.
      connection.database.exec(migration.sqlite.replaceAll('{t}', 'botloom_').replaceAll('{i}', 'botloom_'));
    },
    createMigrationTable: async (trx) => {
      await trx.executeQuery(
        CompiledQuery.raw(
          'create table if not exists botloom_migration (id integer primary key, name text not null, applied_at integer not null) strict',
        ),
      );
      await trx.executeQuery(
        CompiledQuery.raw(
          'create table if not exists botloom_secret (name text primary key, sealed text not null) strict, without rowid',
        ),
      );
    },
    hasMigrationTable: async (trx) => {
      const { rows } =
        await sql`select 1 from sqlite_master where type = 'table' and name = 'botloom_migration'`.execute(trx);
      return rows.length > 0;
    },
  };
}
