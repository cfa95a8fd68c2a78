import { sql, type Kysely } from 'kysely';
import type { Message } from '../../../model/index.ts';
import { decodeCursor } from '../../cursor.ts';
import type { MessageFilter, MessageStore } from '../../message-store.ts';
import type { Database } from '../database.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { toMessage } from '../rows/message-row.ts';
import { isUuid, toNumber, toTimestampOrNull } from '../rows/values.ts';
import type { Tables } from '../tables.ts';
import { requireBot } from './require-bot.ts';

export function createMessageStore(database: Database): MessageStore {
  const { db, traits } = database;
  return {
    async list(scope, bot_id, filter, page) {
      await requireBot(database, scope, bot_id);
      if (filter.user_id !== undefined && !isUuid(filter.user_id)) return { items: [], next: null };
      const size = pageSize(page.limit);
      let query = applyFilter(selectMessage(db, database, bot_id), database, filter)
        .orderBy('m.created_at', 'desc')
        .orderBy('m.id', 'desc')
        .limit(size + 1);
      if (page.cursor !== undefined) {
        const [created_at, id] = decodeCursor(page.cursor, ['number', 'number']);
        query = query.where(sql<boolean>`(m.created_at, m.id) < (${traits.bindTime(created_at)}, ${id})`);
      }
      return pageOf(
        await query.execute(),
        size,
        (row) => toMessage({ ...row, bot_id }),
        (row) => [row.created_at, toNumber(row.id)],
      );
    },

    async get(scope, bot_id, id): Promise<Message | null> {
      if (!isUuid(bot_id) || !Number.isSafeInteger(id)) return null;
      let query = selectMessage(db, database, bot_id)
        .innerJoin('botloom_bot as b', (join) => join.on('b.id', '=', bot_id))
        .where('m.id', '=', id)
        .where('b.deleted_at', 'is', null);
      if (scope.owner !== null) query = query.where('b.owner', '=', scope.owner);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : toMessage({ ...row, bot_id });
    },

    async counts(bot_id, since_day) {
      if (!isUuid(bot_id)) return { incoming: 0, outgoing: 0, days: [], last_activity: null };
      const rows = await db
        .selectFrom('botloom_bot_counter_day')
        .select(['day', 'incoming', 'outgoing'])
        .where('bot_id', '=', bot_id)
        .orderBy('day')
        .execute();
      const counter = await db
        .selectFrom('botloom_bot_counter as c')
        .select(traits.milliseconds('c.last_activity').as('last_activity'))
        .where('c.bot_id', '=', bot_id)
        .executeTakeFirst();
      const days = rows.map(({ day, incoming, outgoing }) => ({
        day,
        incoming: toNumber(incoming),
        outgoing: toNumber(outgoing),
      }));
      return {
        incoming: days.reduce((sum, day) => sum + day.incoming, 0),
        outgoing: days.reduce((sum, day) => sum + day.outgoing, 0),
        days: days.filter(({ day }) => day >= since_day),
        last_activity: toTimestampOrNull(counter?.last_activity ?? null),
      };
    },
  };
}

function selectMessage(db: Kysely<Tables>, { traits }: Database, bot_id: string) {
  return db
    .selectFrom('botloom_message as m')
    .select([
      'm.id',
      'm.chat_id',
      'm.thread_id',
      'm.type',
      'm.direction',
      'm.text',
      'm.file_id',
      'm.flow_id',
      'm.telegram_message_id',
      'm.payload',
      'm.status',
      'm.failure',
    ])
    .select([
      traits.userId('m.user_id').as('user_id'),
      traits.milliseconds('m.created_at').as('created_at'),
      traits.milliseconds('m.sent_at').as('sent_at'),
    ])
    .where('m.bot_id', '=', traits.botKey(bot_id));
}

/** Type and direction are looked at row by row: an index for each would cost every message more than it saves a list now and then. */
function applyFilter(
  query: ReturnType<typeof selectMessage>,
  { traits }: Database,
  { user_id, direction, type, from, to }: MessageFilter,
) {
  let filtered = query;
  if (user_id !== undefined) filtered = filtered.where('m.user_id', '=', traits.userKey(user_id));
  if (direction !== undefined) filtered = filtered.where('m.direction', '=', direction);
  if (type !== undefined) filtered = filtered.where('m.type', '=', type);
  if (from !== undefined) filtered = filtered.where('m.created_at', '>=', traits.bindTime(Date.parse(from)));
  if (to !== undefined) filtered = filtered.where('m.created_at', '<', traits.bindTime(Date.parse(to)));
  return filtered;
}
