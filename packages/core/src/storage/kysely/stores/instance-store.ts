import { sql } from 'kysely';
import type { InstanceStore } from '../../storage.ts';
import type { Database } from '../database.ts';
import { takeOverRows } from './take-over.ts';

export function createInstanceStore(database: Database & Pick<InstanceStore, 'onRowHandoff'>): InstanceStore {
  const { db, traits, onRowHandoff } = database;
  return {
    onRowHandoff,

    async register(id, name, lease) {
      await db
        .insertInto('botloom_instance')
        .values({ id, name, lease_until: traits.databaseTime(lease), started_at: traits.databaseTime() })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, lease_until: traits.databaseTime(lease) }))
        .execute();
    },

    async renew(id, lease) {
      const { numUpdatedRows } = await db
        .updateTable('botloom_instance')
        .set({ lease_until: traits.databaseTime(lease) })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async remove(id) {
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('botloom_lease').where('instance_id', '=', id).execute();
        await trx.updateTable('botloom_job').set({ owner: null }).where('owner', '=', id).execute();
        await trx.deleteFrom('botloom_instance').where('id', '=', id).execute();
      });
    },

    takeOver: (id) => db.transaction().execute((trx) => takeOverRows({ db: trx, traits }, id)),

    async acquireLease(id, name, duration) {
      const taken = await db
        .insertInto('botloom_lease')
        .values({ name, instance_id: id, expires_at: traits.databaseTime(duration) })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ instance_id: id, expires_at: traits.databaseTime(duration) })
            .where(
              sql<boolean>`botloom_lease.instance_id = ${id} or botloom_lease.expires_at <= ${traits.databaseTime()}
                or not exists (
                  select 1 from ${traits.table('botloom_instance')} i
                  where i.id = botloom_lease.instance_id and i.lease_until > ${traits.databaseTime()}
                )`,
            ),
        )
        .returning(sql<number>`1`.as('taken'))
        .execute();
      return taken.length > 0;
    },

    async releaseLease(id, name) {
      await db.deleteFrom('botloom_lease').where('name', '=', name).where('instance_id', '=', id).execute();
    },
  };
}
