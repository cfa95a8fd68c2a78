import type { Session } from '../../../engine/index.ts';
import type { SessionKey } from '../../update-batch.ts';
import type { SenderRecord } from '../chat-sender.ts';
import { toJsonObject } from '../rows/values.ts';
import { columns } from './columns.ts';
import type { TextRows } from './pipeline.ts';
import { statement } from './statement.ts';

/** Sessions and sender records, by session ID of the batch. */
export interface LockedSessions {
  readonly sessions: Map<string, Session>;
  readonly senders: Map<string, SenderRecord>;
}

const KEYS = columns<SessionKey>({
  bot_id: ['uuid', ({ bot_id }) => bot_id],
  chat_id: ['bigint', ({ chat_id }) => chat_id],
  thread_id: ['bigint', ({ thread_id }) => thread_id],
  user_id: ['bigint', ({ user_id }) => user_id],
});

/** The statements that lock sessions by their keys, for the tables of one schema. */
export function createLockSessionsStatements(prefix: string) {
  return {
    /** Locks or creates sessions that another transaction has created since the snapshot of `lockBatch`. Rare. */
    makeSessions: statement({
      name: 'make_sessions',
      text: makeSessionsSql(prefix),
      bind: bindKeys,
      read: readSessions,
    }),
    /**
     * Locks or creates the rows of chats that a batch writes to, but has not locked. It never waits, because another
     * transaction could wait for this one. A row that another transaction has locked is not in the result.
     */
    tryLockChats: statement({
      name: 'try_lock_chats',
      text: tryLockChatsSql(prefix),
      bind: bindKeys,
      read: readSessions,
    }),
  };
}

function bindKeys(keys: readonly SessionKey[], now: number): string[] {
  return [...KEYS.bind(keys), new Date(now).toISOString()];
}

/** Part `locked` of a statement: locks and reads the sessions whose keys are in `wanted`. */
export function lockSessionsSql(prefix: string, lock: 'for update' | 'for update skip locked'): string {
  return `
    locked as materialized (
      select s.* from wanted k
      cross join lateral (
        select s.bot_id, s.chat_id, s.thread_id, s.user_id, s.flow_version_id, s.step_id, s.state, s.sender, s.is_given
        from ${prefix}session s
        where s.bot_id = k.bot_id and s.chat_id = k.chat_id and s.thread_id = k.thread_id and s.user_id = k.user_id
        ${lock}) s)`;
}

/** Rows of `locked` and `made`, as `readSession` reads them. */
export const SESSION_ROWS_SQL = `
    select 's', bot_id::text, chat_id::text, thread_id::text, user_id::text, flow_version_id::text, step_id,
      state::text, sender, is_given::text
    from locked
    union all
    select 's', bot_id::text, chat_id::text, thread_id::text, user_id::text, null, null, '{}', null, 'false'
    from made`;

function makeSessionsSql(prefix: string): string {
  return `
    insert into ${prefix}session (bot_id, chat_id, thread_id, user_id, state, updated_at)
    select k.bot_id, k.chat_id, k.thread_id, k.user_id, '{}', $5::timestamptz
    from ${KEYS.unnest(1)} k (${KEYS.names})
    order by 1, 2, 3, 4
    on conflict (bot_id, chat_id, thread_id, user_id) do update set updated_at = excluded.updated_at
    returning 's', bot_id::text, chat_id::text, thread_id::text, user_id::text, flow_version_id::text, step_id,
      state::text, sender, is_given::text`;
}

function tryLockChatsSql(prefix: string): string {
  return `
    with wanted as (select * from ${KEYS.unnest(1)} k (${KEYS.names})),
    ${lockSessionsSql(prefix, 'for update skip locked')},
    made as (
      insert into ${prefix}session (bot_id, chat_id, thread_id, user_id, state, updated_at)
      select k.bot_id, k.chat_id, k.thread_id, k.user_id, '{}', $5::timestamptz
      from wanted k
      where not exists (
        select 1 from ${prefix}session s
        where s.bot_id = k.bot_id and s.chat_id = k.chat_id and s.thread_id = k.thread_id
          and s.user_id = k.user_id)
      order by k.bot_id, k.chat_id, k.thread_id, k.user_id
      on conflict do nothing
      returning bot_id, chat_id, thread_id, user_id)
    ${SESSION_ROWS_SQL}`;
}

function readSessions(rows: TextRows): LockedSessions {
  const found: LockedSessions = { sessions: new Map(), senders: new Map() };
  for (const row of rows) readSession(found, row);
  return found;
}

/** Reads a row of `SESSION_ROWS_SQL`. */
export function readSession({ sessions, senders }: LockedSessions, row: TextRows[number]): void {
  const [, bot_id, chat_id, thread_id, user_id, version, step_id = null, state, sender = null, is_given] = row;
  const id = `${bot_id ?? ''}:${chat_id ?? ''}:${thread_id ?? ''}:${user_id ?? ''}`;
  const flow_version_id = version === null || version === undefined ? null : Number(version);
  sessions.set(id, { flow_version_id, step_id, state: state === '{}' ? {} : toJsonObject(state ?? '{}') });
  senders.set(id, { sender, is_given: is_given === 'true' });
}
