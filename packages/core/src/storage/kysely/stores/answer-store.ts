import { sql, type Kysely } from 'kysely';
import type { AnswerFilter, AnswerStore } from '../../answer-store.ts';
import { decodeCursor } from '../../cursor.ts';
import type { Database } from '../database.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { toAnswer } from '../rows/answer-row.ts';
import { isUuid, toNumber } from '../rows/values.ts';
import type { Tables } from '../tables.ts';
import { requireBot } from './require-bot.ts';

export function createAnswerStore(database: Database): AnswerStore {
  const { db, traits } = database;
  return {
    async list(scope, bot_id, filter, page) {
      await requireBot(database, scope, bot_id);
      if ([filter.user_id, filter.flow_id].some((id) => id !== undefined && !isUuid(id)))
        return { items: [], next: null };
      const size = pageSize(page.limit);
      let query = applyFilter(selectAnswer(db, database, bot_id), database, filter)
        .orderBy('a.created_at', 'desc')
        .orderBy('a.id', 'desc')
        .limit(size + 1);
      if (page.cursor !== undefined) {
        const [created_at, id] = decodeCursor(page.cursor, ['number', 'number']);
        query = query.where(sql<boolean>`(a.created_at, a.id) < (${traits.bindTime(created_at)}, ${id})`);
      }
      return pageOf(await query.execute(), size, toAnswer, (row) => [row.created_at, toNumber(row.id)]);
    },
  };
}

function selectAnswer(db: Kysely<Tables>, { traits }: Database, bot_id: string) {
  return db
    .selectFrom('botloom_answer as a')
    .select([
      'a.id',
      'a.bot_id',
      'a.user_id',
      'a.chat_id',
      'a.thread_id',
      'a.flow_id',
      'a.flow_version_id',
      'a.step_id',
      'a.variable',
      'a.value',
    ])
    .select(traits.milliseconds('a.created_at').as('created_at'))
    .where('a.bot_id', '=', bot_id);
}

/**
 * Adds the conditions of a filter. The index of the bot's answers contains the flow. Step and variable are compared row
 * by row: an index for each would slow down every write of an answer, and lists are rare.
 */
function applyFilter(
  query: ReturnType<typeof selectAnswer>,
  { traits }: Database,
  { user_id, flow_id, step_id, variable, from, to }: AnswerFilter,
) {
  let filtered = query;
  if (user_id !== undefined) filtered = filtered.where('a.user_id', '=', user_id);
  if (flow_id !== undefined) filtered = filtered.where('a.flow_id', '=', flow_id);
  if (step_id !== undefined) filtered = filtered.where('a.step_id', '=', step_id);
  if (variable !== undefined) filtered = filtered.where('a.variable', '=', variable);
  if (from !== undefined) filtered = filtered.where('a.created_at', '>=', traits.bindTime(Date.parse(from)));
  if (to !== undefined) filtered = filtered.where('a.created_at', '<', traits.bindTime(Date.parse(to)));
  return filtered;
}
