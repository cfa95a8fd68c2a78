import { sql, type RawBuilder } from 'kysely';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import type { SessionFilter, SessionStore } from '../../session-store.ts';
import type { Database } from '../database.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { sessionKeyOf, toSessionRecord, type SessionKeyRow, type SessionRow } from '../rows/session-row.ts';
import { isUuid, toJsonObject, toNumberOrNull } from '../rows/values.ts';
import { isBotVisible, requireBot } from './require-bot.ts';

/** Rows that a page reads at most. Most of them may be in no flow, so this limits the cost of a page. */
const MAX_SCANNED_ROWS = 5_000;

const COLUMNS = sql`s.bot_id, s.chat_id, s.thread_id, s.user_id, s.flow_version_id, s.step_id,
  s.wait_reason, s.wait_subject, s.deadline, s.updated_at`;
const ORDER = sql`order by s.chat_id, s.thread_id, s.user_id`;
const PAGE_ORDER = sql`order by o.chat_id, o.thread_id, o.user_id`;

export function createSessionStore(database: Database): SessionStore {
  const { db } = database;
  return {
    async find({ bot_id, chat_id, thread_id, user_id }) {
      const row = await db
        .selectFrom('botloom_session')
        .select(['flow_version_id', 'step_id', 'state'])
        .where('bot_id', '=', bot_id)
        .where('chat_id', '=', chat_id)
        .where('thread_id', '=', thread_id)
        .where('user_id', '=', user_id)
        .executeTakeFirst();
      return row === undefined
        ? null
        : {
            flow_version_id: toNumberOrNull(row.flow_version_id),
            step_id: row.step_id,
            state: toJsonObject(row.state),
          };
    },

    async get(scope, bot_id, { chat_id, thread_id, user_id }) {
      // A row without a user belongs to the chat: it is not a session.
      if (
        user_id === 0 ||
        ![chat_id, thread_id, user_id].every(Number.isSafeInteger) ||
        !(await isBotVisible(database, scope, bot_id))
      )
        return null;
      const source = sql`select ${COLUMNS} from ${database.traits.table('botloom_session')} s
        where s.bot_id = ${bot_id} and s.chat_id = ${chat_id} and s.thread_id = ${thread_id}
          and s.user_id = ${user_id}`;
      const { rows } = await select(database, source).execute(db);
      return rows[0] === undefined ? null : toSessionRecord(rows[0]);
    },

    async list(scope, bot_id, filter, page) {
      await requireBot(database, scope, bot_id);
      const size = pageSize(page.limit);
      const after = page.cursor === undefined ? null : decodeCursor(page.cursor, ['number', 'number', 'number']);
      const source = await scannedRowsSql(database, bot_id, filter, after);
      if (source === null) return { items: [], next: null };
      const filtered = sql`where o.step_id is not null ${waitReasonSql(filter)} ${PAGE_ORDER} limit ${size + 1}`;
      const { rows } = await select(database, source, filtered).execute(db);
      const found = pageOf(rows, size, toSessionRecord, sessionKeyOf);
      if (found.next !== null) return found;
      const end = await lastScannedRow(database, source);
      return end === null ? found : { ...found, next: encodeCursor(sessionKeyOf(end)) };
    },
  };
}

function waitReasonSql({ wait_reason }: SessionFilter): RawBuilder<unknown> {
  if (wait_reason === undefined) return sql``;
  return wait_reason === 'person' ? sql`and o.wait_reason is null` : sql`and o.wait_reason = ${wait_reason}`;
}

/** Returns the query for the rows that a page reads, by an index and in order; null: there are none. */
async function scannedRowsSql(
  { db, traits }: Database,
  bot_id: string,
  { user_id, wait_reason }: SessionFilter,
  after: readonly [number, number, number] | null,
): Promise<RawBuilder<unknown> | null> {
  const table = traits.table('botloom_session');
  const afterCursor =
    after === null ? sql`` : sql`and (s.chat_id, s.thread_id, s.user_id) > (${after[0]}, ${after[1]}, ${after[2]})`;
  const end = sql`${ORDER} limit ${MAX_SCANNED_ROWS}`;
  if (user_id !== undefined) {
    if (!isUuid(user_id)) return null;
    const person = await db
      .selectFrom('botloom_bot_user')
      .select('chat_id')
      .where('id', '=', user_id)
      .where('bot_id', '=', bot_id)
      .executeTakeFirst();
    if (person === undefined) return null;
    const { chat_id } = person;
    // The primary key finds private sessions, an index those in groups.
    return sql`select * from (
      select ${COLUMNS} from ${table} s
      where s.bot_id = ${bot_id} and s.chat_id = ${chat_id} and s.user_id = ${chat_id} ${afterCursor}
      union all
      select ${COLUMNS} from ${table} s
      where s.bot_id = ${bot_id} and s.user_id = ${chat_id} and s.user_id <> s.chat_id and s.user_id <> 0 ${afterCursor}
    ) s ${end}`;
  }
  if (wait_reason !== undefined && wait_reason !== 'person')
    return sql`select ${COLUMNS} from ${table} s
      where s.bot_id = ${bot_id} and s.wait_reason = ${wait_reason} ${afterCursor} ${end}`;
  return sql`select ${COLUMNS} from ${table} s where s.bot_id = ${bot_id} ${afterCursor} ${end}`;
}

/** Returns the last row that was read if the limit was reached; null: all rows were read. */
async function lastScannedRow({ db }: Database, source: RawBuilder<unknown>): Promise<SessionKeyRow | null> {
  const { rows } = await sql<SessionKeyRow>`select o.chat_id, o.thread_id, o.user_id from (${source}) o
    ${PAGE_ORDER} limit 1 offset ${MAX_SCANNED_ROWS - 1}`.execute(db);
  return rows[0] ?? null;
}

function select(
  { traits }: Database,
  source: RawBuilder<unknown>,
  rest: RawBuilder<unknown> = sql``,
): RawBuilder<SessionRow> {
  return sql<SessionRow>`select o.bot_id, o.chat_id, o.thread_id, o.user_id, o.step_id, o.wait_reason, o.wait_subject,
      ${traits.milliseconds('o.deadline')} as deadline, ${traits.milliseconds('o.updated_at')} as updated_at,
      u.id as person_id, u.username, u.first_name, u.last_name,
      f.id as flow_id, f.name as flow_name, v.version as flow_version
    from (${source}) o
    left join ${traits.table('botloom_bot_user')} u on u.bot_id = o.bot_id and u.chat_id = o.user_id
    left join ${traits.table('botloom_flow_version')} v on v.id = o.flow_version_id
    left join ${traits.table('botloom_flow')} f on f.id = v.flow_id ${rest}`;
}
