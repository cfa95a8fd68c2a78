import { sql } from 'kysely';
import type { MaintenanceStore } from '../../storage.ts';
import type { Database } from '../database.ts';
import { isUuid, toNumber } from '../rows/values.ts';

/** Of every table with rows of a bot: what identifies a row. The tombstone itself goes last. */
const KEYS_OF_BOT_TABLES = {
  botloom_outgoing_call: ['id'],
  botloom_message: ['id'],
  botloom_answer: ['id'],
  botloom_session: ['bot_id', 'chat_id', 'thread_id', 'user_id'],
  botloom_bot_user: ['id'],
  botloom_job: ['id'],
  botloom_seen_update: ['bot_id', 'update_id'],
  botloom_dead_letter: ['id'],
  botloom_flow: ['id'],
  botloom_bot_counter_day: ['bot_id', 'day'],
  botloom_bot_counter: ['bot_id'],
} as const;

export function createMaintenanceStore({ db, traits, pruneSeenUpdates }: Database & { readonly pruneSeenUpdates: MaintenanceStore['pruneSeenUpdates'] }): MaintenanceStore {
  return {
    pruneSeenUpdates,

    async purgeBot(bot_id, limit) {
      if (!isUuid(bot_id)) return true;
      const bot = await db.selectFrom('botloom_bot').select(traits.milliseconds('deleted_at').as('deleted_at')).where('id', '=', bot_id).executeTakeFirst();
      if (bot !== undefined && bot.deleted_at === null) return true;
      let isEmpty = true;
      for (const [table, keys] of Object.entries(KEYS_OF_BOT_TABLES)) {
        const columns = sql.join(keys.map((key) => sql.ref(key)));
        // A statement a table and no transaction around them: each is short, and what is left is removed by the next call.
        const { numAffectedRows } = await sql`
          delete from ${sql.table(table)} where (${columns}) in (select ${columns} from ${sql.table(table)} where bot_id = ${bot_id} limit ${limit})`.execute(db);
        if (toNumber(numAffectedRows ?? 0n) >= limit) isEmpty = false;
      }
      if (isEmpty) await db.deleteFrom('botloom_bot').where('id', '=', bot_id).execute();
      return isEmpty;
    },
  };
}
