import { sql, type Kysely } from 'kysely';
import { BotloomError } from '../../../errors/index.ts';
import { decodeCursor } from '../../cursor.ts';
import type { UserStore } from '../../storage.ts';
import type { Database } from '../database.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { toBotUser } from '../rows/user-row.ts';
import { fold, hourOf, isUuid, toNumber } from '../rows/values.ts';
import type { Tables } from '../tables.ts';
import { requireBot } from './require-bot.ts';

/** Sorts after every character that a name can go on with, in both databases. */
const LAST_CHARACTER = '\u{10FFFF}';

export function createUserStore(database: Database): UserStore {
  const { db, traits } = database;
  return {
    async get(scope, bot_id, id) {
      if (!isUuid(id) || !isUuid(bot_id)) return null;
      let query = selectUser(db, database, bot_id).innerJoin('botloom_bot as b', 'b.id', 'u.bot_id').where('u.id', '=', id).where('b.deleted_at', 'is', null);
      if (scope.owner !== null) query = query.where('b.owner', '=', scope.owner);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : toBotUser(row);
    },

    async list(scope, bot_id, filter, page) {
      await requireBot(database, scope, bot_id);
      const size = pageSize(page.limit);
      // The hour comes first because the index has it; within it the exact time decides.
      let query = selectUser(db, database, bot_id).orderBy('u.active_hour', 'desc').orderBy('u.last_interaction', 'desc').orderBy('u.id', 'desc').limit(size + 1);
      if (filter.is_blocked === true) query = query.where(traits.isTrue('u.is_blocked', true));
      if (filter.is_blocked === false) query = query.where(sql<boolean>`u.is_blocked is not true`);
      if (filter.search !== undefined && filter.search !== '') {
        const from = fold(filter.search);
        const to = from + LAST_CHARACTER;
        query = query.where((eb) =>
          eb.or((['u.username_folded', 'u.first_name_folded', 'u.last_name_folded'] as const).map((column) => eb.and([eb('u.bot_id', '=', bot_id), eb(column, '>=', from), eb(column, '<', to)]))),
        );
      }
      if (page.cursor !== undefined) {
        const [last_interaction, id] = decodeCursor(page.cursor, ['number', 'string']);
        if (!isUuid(id)) throw new BotloomError('CURSOR_INVALID');
        query = query.where(sql<boolean>`(u.active_hour, u.last_interaction, u.id) < (${hourOf(last_interaction)}, ${traits.time(last_interaction)}, ${id})`);
      }
      return pageOf(await query.execute(), size, toBotUser, (row) => [row.last_interaction, row.id]);
    },

    async countActive(bot_id, since) {
      if (!isUuid(bot_id)) return 0;
      const hour = hourOf(since);
      // Whole hours by the index alone; of the first hour the rows are looked at.
      const { count } = await db
        .selectFrom('botloom_bot_user')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('bot_id', '=', bot_id)
        .where('active_hour', '>=', hour)
        .where((eb) => eb.or([eb('active_hour', '>', hour), eb('last_interaction', '>=', traits.time(since))]))
        .executeTakeFirstOrThrow();
      return toNumber(count);
    },
  };
}

function selectUser(db: Kysely<Tables>, { traits }: Database, bot_id: string) {
  return db
    .selectFrom('botloom_bot_user as u')
    .select(['u.id', 'u.bot_id', 'u.chat_id', 'u.username', 'u.first_name', 'u.last_name', 'u.language', 'u.phone', 'u.bio', 'u.profile_photo_file_id', 'u.is_blocked', 'u.is_active', 'u.attributes'])
    .select([traits.milliseconds('u.first_interaction').as('first_interaction'), traits.milliseconds('u.last_interaction').as('last_interaction')])
    .where('u.bot_id', '=', bot_id);
}
