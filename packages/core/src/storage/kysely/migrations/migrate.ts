import { sql, type Kysely } from 'kysely';
import { BotloomError } from '../../../errors/index.ts';
import type { Database } from '../database.ts';
import { botSecretLocation } from '../stores/secret-store.ts';
import type { Tables } from '../tables.ts';
import { MIGRATIONS } from './index.ts';
import type { Migration } from './migration.ts';

export interface MigrationRunner {
  /** Runs work in one transaction that no other process's migration can overlap. */
  withLock<Result>(work: (trx: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** Runs several statements, of a migration, in that transaction. */
  execute(trx: Kysely<Tables>, migration: Migration): Promise<void>;
  /** Makes the list of applied migrations, if it is not there. */
  createMigrationTable(trx: Kysely<Tables>): Promise<void>;
  /** Whether the list of applied migrations is there. */
  hasMigrationTable(db: Kysely<Tables>): Promise<boolean>;
}

/**
 * Brings the schema up to date, or checks that it is. Everything happens in one transaction: a failure changes nothing.
 * The master keys are tried before anything is touched.
 *
 * @throws BotloomError STORAGE_NEWER, SECRET_UNREADABLE, and with `check` STORAGE_UNAVAILABLE when migrations are missing
 */
export async function migrate(
  database: Database,
  runner: MigrationRunner,
  mode: 'auto' | 'check',
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const { db, keyring } = database;
  if (mode === 'check') {
    const pending = await findPending(db, runner, migrations);
    if (pending.length > 0) throw notMigrated(pending);
    if (!(await keyring.load(db))) throw notMigrated(migrations);
    return;
  }
  await runner.withLock(async (trx) => {
    await runner.createMigrationTable(trx);
    const pending = await findPending(trx, runner, migrations);
    const isFirst = pending.length === migrations.length;
    if (!isFirst) await keyring.load(trx);
    for (const migration of pending) {
      await runner.execute(trx, migration);
      await trx
        .insertInto('botloom_migration')
        .values({ id: migration.id, name: migration.name, applied_at: database.traits.bindTime(Date.now()) })
        .execute();
    }
    if (isFirst) await keyring.create(trx);
  });
  await resealSecrets(database);
}

/** Migrations that were not applied yet. Raises STORAGE_NEWER when the database knows one that this version does not. */
export async function findPending(
  db: Kysely<Tables>,
  runner: Pick<MigrationRunner, 'hasMigrationTable'>,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  if (!(await runner.hasMigrationTable(db))) return migrations;
  const applied = await db.selectFrom('botloom_migration').select(['id', 'name']).orderBy('id').execute();
  const newest = Math.max(0, ...migrations.map(({ id }) => id));
  const unknown = applied.find(({ id }) => id > newest);
  if (unknown !== undefined) {
    throw new BotloomError(
      'STORAGE_NEWER',
      `The database has the migration "${unknown.name}" (${unknown.id}), which this version of Botloom does not know. Upgrade Botloom, or restore a backup.`,
    );
  }
  const ids = new Set(applied.map(({ id }) => id));
  return migrations.filter(({ id }) => !ids.has(id));
}

function notMigrated(pending: readonly Migration[]): BotloomError {
  const names = pending.map(({ name }) => name).join(', ');
  return new BotloomError(
    'STORAGE_UNAVAILABLE',
    `The database is not migrated (missing: ${names}). Start once with \`migrate: 'auto'\`, with a role that may change the schema.`,
    { retryAfter: 3 },
  );
}

/** Seals what an older key sealed anew under the primary one: after a start with [new, old] the old key is not needed any more. */
async function resealSecrets({ db, traits, keyring }: Database): Promise<void> {
  const { box } = keyring;
  await keyring.reseal(db);
  const rows = await db
    .selectFrom('botloom_bot')
    .select(['id', 'token', 'webhook_secret', 'pending_webhook_secret', 'old_webhook_secret'])
    .where('deleted_at', 'is', null)
    .execute();
  for (const row of rows) {
    for (const column of ['token', 'webhook_secret', 'pending_webhook_secret', 'old_webhook_secret'] as const) {
      const sealed = row[column];
      if (sealed === null || box.isCurrent(sealed)) continue;
      const location = {
        table: 'botloom_bot',
        column: column === 'token' ? 'token' : 'webhook_secret',
        row_id: row.id,
      };
      await sql`update ${traits.table('botloom_bot')} set ${sql.ref(column)} = ${box.seal(location, box.open(location, sealed))} where id = ${row.id} and ${sql.ref(column)} = ${sealed}`.execute(
        db,
      );
    }
  }
  for (const { bot_id, name, sealed } of await db
    .selectFrom('botloom_bot_secret')
    .select(['bot_id', 'name', 'sealed'])
    .execute()) {
    if (box.isCurrent(sealed)) continue;
    const location = botSecretLocation(bot_id, name);
    await db
      .updateTable('botloom_bot_secret')
      .set({ sealed: box.seal(location, box.open(location, sealed)) })
      .where('bot_id', '=', bot_id)
      .where('name', '=', name)
      .where('sealed', '=', sealed)
      .execute();
  }
}
