import { sql } from 'kysely';
import type { MaintenanceStore } from '../../storage.ts';
import type { Database } from '../database.ts';
import { isUuid, toNumber } from '../rows/values.ts';
import type { Tables } from '../tables.ts';

/**
 * The tables with rows of a bot, in the order of their deletion. `keys` identify a row; `isNumbered` is true if the
 * table references the bot by `botKey`. The order matters: on SQLite, the number of a deleted user can be reused.
 * The bot's own row is deleted last. Claims of updates are deleted when they are old, like those of other bots.
 */
const BOT_TABLES: readonly {
  readonly table: keyof Tables;
  readonly keys: readonly string[];
  readonly isNumbered?: true;
  readonly most?: number;
}[] = [
  { table: 'botloom_outgoing_call', keys: ['id'], isNumbered: true },
  { table: 'botloom_message', keys: ['id'], isNumbered: true },
  { table: 'botloom_answer', keys: ['id'] },
  { table: 'botloom_session', keys: ['bot_id', 'chat_id', 'thread_id', 'user_id'] },
  { table: 'botloom_bot_secret', keys: ['bot_id', 'name'] },
  // One mebibyte per row.
  { table: 'botloom_upload_part', keys: ['bot_id', 'upload_id', 'number'], most: 32 },
  { table: 'botloom_upload', keys: ['bot_id', 'id'] },
  { table: 'botloom_user_tag', keys: ['bot_id', 'tag', 'user_id'] },
  { table: 'botloom_bot_user', keys: ['id'] },
  { table: 'botloom_job', keys: ['id'] },
  { table: 'botloom_dead_letter', keys: ['id'] },
  { table: 'botloom_flow', keys: ['id'] },
  { table: 'botloom_bot_counter_day', keys: ['bot_id', 'day'] },
  { table: 'botloom_bot_counter', keys: ['bot_id'] },
];

export function createMaintenanceStore({
  db,
  traits,
  pruneSeenUpdates,
}: Database & { readonly pruneSeenUpdates: MaintenanceStore['pruneSeenUpdates'] }): MaintenanceStore {
  return {
    pruneSeenUpdates,

    async purgeBot(bot_id, limit) {
      if (!isUuid(bot_id)) return true;
      const notDeleted = await db
        .selectFrom('botloom_bot')
        .select('id')
        .where('id', '=', bot_id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst();
      if (notDeleted !== undefined) return true;
      for (const { table, keys, isNumbered, most = limit } of BOT_TABLES) {
        const columns = sql.join(keys.map((key) => sql.ref(key)));
        const rows = Math.min(limit, most);
        // One short statement per table, without a transaction: the next call deletes the remaining rows.
        const bot = isNumbered === true ? traits.botKey(bot_id) : bot_id;
        const { numAffectedRows } = await sql`
          delete from ${traits.table(table)}
          where (${columns}) in (select ${columns} from ${traits.table(table)} where bot_id = ${bot} limit ${rows})`.execute(
          db,
        );
        if (toNumber(numAffectedRows ?? 0n) >= rows) return false;
      }
      await db.deleteFrom('botloom_bot').where('id', '=', bot_id).execute();
      return true;
    },
  };
}
