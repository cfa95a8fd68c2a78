import { sql, type Kysely } from 'kysely';
import { BotloomError } from '../../../errors/index.ts';
import { decodeCursor } from '../../cursor.ts';
import type { UserFilter, UserStore } from '../../user-store.ts';
import type { Database } from '../database.ts';
import { diffTags } from '../diff-tags.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { toBotUser } from '../rows/user-row.ts';
import { foldCase, isUuid, toNumber, toUtcHour } from '../rows/values.ts';
import type { Tables } from '../tables.ts';
import { requireBot } from './require-bot.ts';

/** Sorts after every character that a name can go on with, in both databases. */
const MAX_CHARACTER = '\u{10FFFF}';

export function createUserStore(database: Database): UserStore {
  const { db, traits } = database;
  return {
    async get(scope, bot_id, id) {
      if (!isUuid(id) || !isUuid(bot_id)) return null;
      let query = selectUser(db, database, bot_id)
        .innerJoin('botloom_bot as b', 'b.id', 'u.bot_id')
        .where('u.id', '=', id)
        .where('b.deleted_at', 'is', null);
      if (scope.owner !== null) query = query.where('b.owner', '=', scope.owner);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : toBotUser(row);
    },

    async list(scope, bot_id, filter, page) {
      await requireBot(database, scope, bot_id);
      const size = pageSize(page.limit);
      const query = applyFilter(selectUser(db, database, bot_id).limit(size + 1), database, bot_id, filter);
      if (filter.tag !== undefined) {
        let tagged = query
          .innerJoin('botloom_user_tag as t', (join) =>
            join.onRef('t.user_id', '=', 'u.id').on('t.bot_id', '=', bot_id),
          )
          .where('t.tag', '=', filter.tag)
          .orderBy('t.user_id');
        if (page.cursor !== undefined)
          tagged = tagged.where('t.user_id', '>', uuidFromCursor(decodeCursor(page.cursor, ['string'])));
        return pageOf(await tagged.execute(), size, toBotUser, (row) => [row.id]);
      }
      // The hour comes first because the index has it; within it the exact time decides.
      let latest = query.orderBy('u.active_hour', 'desc').orderBy('u.last_interaction', 'desc').orderBy('u.id', 'desc');
      if (page.cursor !== undefined) {
        const [last_interaction, id] = decodeCursor(page.cursor, ['number', 'string']);
        latest = latest.where(
          sql<boolean>`(u.active_hour, u.last_interaction, u.id) < (${toUtcHour(last_interaction)}, ${traits.bindTime(last_interaction)}, ${uuidFromCursor([id])})`,
        );
      }
      return pageOf(await latest.execute(), size, toBotUser, (row) => [row.last_interaction, row.id]);
    },

    change: (scope, bot_id, id, update) =>
      db.transaction().execute(async (trx) => {
        if (!isUuid(id) || !isUuid(bot_id)) throw new BotloomError('USER_NOT_FOUND');
        let bot = trx.selectFrom('botloom_bot').select('id').where('id', '=', bot_id).where('deleted_at', 'is', null);
        if (scope.owner !== null) bot = bot.where('owner', '=', scope.owner);
        const query = selectUser(trx, database, bot_id).where('u.id', '=', id).where('u.bot_id', 'in', bot);
        const row = await query.modifyEnd(traits.forUpdate).executeTakeFirst();
        if (row === undefined) throw new BotloomError('USER_NOT_FOUND');
        const user = toBotUser(row);
        const { tags, attributes } = update(user);
        await trx
          .updateTable('botloom_bot_user')
          .set({ tags: JSON.stringify(tags), attributes: JSON.stringify(attributes) })
          .where('id', '=', id)
          .execute();
        const { added, removed } = diffTags({ tags, tags_before: user.tags });
        if (removed.length > 0)
          await trx
            .deleteFrom('botloom_user_tag')
            .where('bot_id', '=', bot_id)
            .where('tag', 'in', removed)
            .where('user_id', '=', id)
            .execute();
        if (added.length > 0) {
          const rows = added.map((tag) => ({ bot_id, tag, user_id: id }));
          await trx
            .insertInto('botloom_user_tag')
            .values(rows)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
        return { ...user, tags: [...tags], attributes };
      }),

    async listReachable(bot_id, after, limit) {
      if (!isUuid(bot_id)) return [];
      let query = db
        .selectFrom('botloom_bot_user')
        .select('chat_id')
        .where('bot_id', '=', bot_id)
        .orderBy('chat_id')
        .limit(limit);
      if (after !== null) query = query.where('chat_id', '>', after);
      const rows = await query.where(sql<boolean>`is_blocked is not true`).execute();
      return rows.map(({ chat_id }) => ({ chat_id: toNumber(chat_id) }));
    },

    async countActive(bot_id, since) {
      if (!isUuid(bot_id)) return 0;
      const hour = toUtcHour(since);
      // Whole hours by the index alone; of the first hour the rows are looked at.
      const { count } = await db
        .selectFrom('botloom_bot_user')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('bot_id', '=', bot_id)
        .where('active_hour', '>=', hour)
        .where((eb) => eb.or([eb('active_hour', '>', hour), eb('last_interaction', '>=', traits.bindTime(since))]))
        .executeTakeFirstOrThrow();
      return toNumber(count);
    },
  };
}

function applyFilter(
  query: ReturnType<typeof selectUser>,
  { traits }: Database,
  bot_id: string,
  { search, is_blocked }: UserFilter,
): ReturnType<typeof selectUser> {
  let filtered = query;
  if (is_blocked === true) filtered = filtered.where(traits.flagEquals('u.is_blocked', true));
  if (is_blocked === false) filtered = filtered.where(sql<boolean>`u.is_blocked is not true`);
  if (search === undefined || search === '') return filtered;
  const from = foldCase(search);
  const to = from + MAX_CHARACTER;
  return filtered.where((eb) =>
    eb.or(
      (['u.username_folded', 'u.first_name_folded', 'u.last_name_folded'] as const).map((column) =>
        eb.and([eb('u.bot_id', '=', bot_id), eb(column, '>=', from), eb(column, '<', to)]),
      ),
    ),
  );
}

function uuidFromCursor([id]: readonly [string]): string {
  if (!isUuid(id)) throw new BotloomError('CURSOR_INVALID');
  return id;
}

function selectUser(db: Kysely<Tables>, { traits }: Database, bot_id: string) {
  return db
    .selectFrom('botloom_bot_user as u')
    .select([
      'u.id',
      'u.bot_id',
      'u.chat_id',
      'u.username',
      'u.first_name',
      'u.last_name',
      'u.language',
      'u.phone',
      'u.bio',
      'u.profile_photo_file_id',
      'u.is_blocked',
      'u.is_active',
      'u.tags',
      'u.attributes',
    ])
    .select([
      traits.milliseconds('u.first_interaction').as('first_interaction'),
      traits.milliseconds('u.last_interaction').as('last_interaction'),
    ])
    .where('u.bot_id', '=', bot_id);
}
