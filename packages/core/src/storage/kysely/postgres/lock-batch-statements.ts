import { userId, type BatchUser, type SessionKey, type UserUpsert } from '../../update-batch.ts';
import { foldCase, foldCaseOrNull, toUtcHour } from '../rows/values.ts';
import { columns } from './columns.ts';
import { lockSessionsSql, readSession, SESSION_ROWS_SQL, type LockedSessions } from './lock-sessions-statements.ts';
import type { TextRows } from './pipeline.ts';
import { statement } from './statement.ts';

/** An input and the number that claims it: an update's ID, or a job's ID negated. */
export interface ClaimRow {
  readonly bot_id: string;
  readonly claim: number;
}

export interface UpsertRow extends ClaimRow {
  readonly user: UserUpsert;
}

export interface SessionRow {
  readonly key: SessionKey;
  readonly claim: number;
}

/** A user to read and lock without an update. */
export interface KnownUserRow {
  readonly bot_id: string;
  readonly chat_id: number;
}

export interface LockBatchInput {
  readonly now: number;
  readonly inputs: readonly ClaimRow[];
  readonly users: readonly UpsertRow[];
  readonly sessions: readonly SessionRow[];
  readonly knownUsers: readonly KnownUserRow[];
}

/** The rows that were locked. */
export interface LockedRows {
  /** `bot_id:claim`. */
  readonly claims: Set<string>;
  readonly bots: Map<string, { readonly revision: number; readonly is_active: boolean }>;
  /** Stored columns of the users that updates have created or changed, by user ID of the batch. */
  readonly upserts: Map<string, UpsertedColumns>;
  /** Known users, by user ID of the batch. */
  readonly users: Map<string, BatchUser>;
  readonly sessions: LockedSessions;
}

export interface UpsertedColumns {
  readonly id: string;
  readonly phone: string | null;
  readonly attributes: string;
  readonly profile_read_at: number | null;
  readonly is_new: boolean;
  readonly tags: string;
}

const CLAIMS = columns<ClaimRow>({
  bot_id: ['uuid', ({ bot_id }) => bot_id],
  claim: ['bigint', ({ claim }) => claim],
});

const UPSERTS = columns<UpsertRow>({
  bot_id: ['uuid', ({ bot_id }) => bot_id],
  claim: ['bigint', ({ claim }) => claim],
  chat_id: ['bigint', ({ user }) => user.chat_id],
  username: ['text', ({ user }) => user.username],
  first_name: ['text', ({ user }) => user.first_name],
  last_name: ['text', ({ user }) => user.last_name],
  username_folded: ['text', ({ user }) => foldCaseOrNull(user.username)],
  first_name_folded: ['text', ({ user }) => foldCase(user.first_name)],
  last_name_folded: ['text', ({ user }) => foldCaseOrNull(user.last_name)],
  language: ['text', ({ user }) => user.language],
  phone: ['text', ({ user }) => user.phone],
  is_blocked: ['boolean', ({ user }) => user.is_blocked],
});

const SESSIONS = columns<SessionRow>({
  bot_id: ['uuid', ({ key }) => key.bot_id],
  claim: ['bigint', ({ claim }) => claim],
  chat_id: ['bigint', ({ key }) => key.chat_id],
  thread_id: ['bigint', ({ key }) => key.thread_id],
  user_id: ['bigint', ({ key }) => key.user_id],
});

const KNOWN_USERS = columns<KnownUserRow>({
  bot_id: ['uuid', ({ bot_id }) => bot_id],
  chat_id: ['bigint', ({ chat_id }) => chat_id],
});

/** The statements that claim inputs and lock their rows, for the tables of one schema. */
export function createLockStatements(prefix: string) {
  return {
    lockBatch: statement({
      name: 'lock_batch',
      text: lockBatchSql(prefix, false),
      bind: bindLockBatch,
      read: readLockedRows,
    }),
    /** For batches with claims of jobs. Deleting jobs is a separate part, which most batches do not need. */
    lockBatchWithJobs: statement({
      name: 'lock_batch_jobs',
      text: lockBatchSql(prefix, true),
      bind: (input: LockBatchInput) => [...bindLockBatch(input), ...KNOWN_USERS.bind(input.knownUsers)],
      read: readLockedRows,
    }),
  };
}

function bindLockBatch({ now, inputs, users, sessions }: LockBatchInput): string[] {
  return [
    ...CLAIMS.bind(inputs),
    new Date(now).toISOString(),
    String(toUtcHour(now)),
    ...UPSERTS.bind(users),
    ...SESSIONS.bind(sessions),
  ];
}

/**
 * Claims the inputs, creates or updates users, and locks sessions, in this order and each sorted by key. Every part
 * uses only what the previous one has returned. Sessions are locked by reading their own rows, which waits and returns
 * the newest state. Missing ones are created. A session that another transaction creates at the same time is in neither
 * part: `makeSessions` locks it.
 *
 * Two conditions only save time: usually every bot is active and every session exists, and then nothing is compared.
 *
 * Parameters: 1-2 claims · 3 now · 4 hour of now · 5-16 users · 17-21 sessions · with jobs also 22-23 known users.
 * Rows begin with their kind: see `readLockedRows`.
 */
function lockBatchSql(prefix: string, withJobs: boolean): string {
  return `
    with input as (
      select i.bot_id, i.claim, b.is_active
      from ${CLAIMS.unnest(1)} i (${CLAIMS.names})
      join ${prefix}bot b on b.id = i.bot_id
      where b.id = any($1::uuid[]) and b.deleted_at is null),
    update_claim as (
      insert into ${prefix}seen_update (bot_id, update_id, seen_at)
      select bot_id, claim, $3::timestamptz from input where claim >= 0 order by bot_id, claim
      on conflict do nothing
      returning bot_id, update_id as claim),
    ${withJobs ? jobClaimsSql(prefix) : 'claimed as not materialized (select bot_id, claim from update_claim),'}
    live as (
      select bot_id, claim from claimed
      where (select bool_and(is_active) from input) or bot_id in (select bot_id from input where is_active)),
    ${upsertUsersSql(prefix)},
    ${withJobs ? `${knownUsersSql(prefix)},` : ''}
    wanted as materialized (
      select distinct k.bot_id, k.chat_id, k.thread_id, k.user_id
      from ${SESSIONS.unnest(17)} k (${SESSIONS.names})
      join live l on l.bot_id = k.bot_id and l.claim = k.claim
      where (select count(*) from ${withJobs ? 'known' : 'person'}) is not null
      order by k.bot_id, k.chat_id, k.thread_id, k.user_id),
    ${lockSessionsSql(prefix, 'for update')},
    made as (
      insert into ${prefix}session (bot_id, chat_id, thread_id, user_id, state, updated_at)
      select k.bot_id, k.chat_id, k.thread_id, k.user_id, '{}', $3::timestamptz
      from wanted k
      where (select count(*) from locked) < (select count(*) from wanted)
        and not exists (
          select 1 from locked l
          where l.bot_id = k.bot_id and l.chat_id = k.chat_id and l.thread_id = k.thread_id
            and l.user_id = k.user_id)
      order by k.bot_id, k.chat_id, k.thread_id, k.user_id
      on conflict do nothing
      returning bot_id, chat_id, thread_id, user_id)
    select 'c', bot_id::text, claim::text, null, null, null, null, null, null, null from claimed
    union all
    select 'p', bot_id::text, chat_id::text, id::text, phone, attributes::text,
      (extract(epoch from profile_read_at) * 1000)::bigint::text, is_new::text, tags::text, null
    from person
    union all ${SESSION_ROWS_SQL}
    ${withJobs ? `union all ${KNOWN_USER_ROWS_SQL}` : ''}
    union all
    select 'b', id::text, revision::text, is_active::text, null, null, null, null, null, null
    from ${prefix}bot where id = any($1::uuid[]) and deleted_at is null`;
}

function jobClaimsSql(prefix: string): string {
  return `
    done_job as (
      delete from ${prefix}job
      where id in (select -claim from input where claim < 0 and is_active)
        and (select count(*) from update_claim) is not null
      returning id),
    claimed as (
      select bot_id, claim from update_claim
      union all select i.bot_id, i.claim from input i join done_job d on d.id = -i.claim),`;
}

function upsertUsersSql(prefix: string): string {
  return `
    person as (
      insert into ${prefix}bot_user (
        bot_id, chat_id, username, first_name, last_name, username_folded, first_name_folded, last_name_folded,
        language, phone, is_blocked, is_active, first_interaction, last_interaction, active_hour)
      select distinct on (u.bot_id, u.chat_id)
        u.bot_id, u.chat_id, u.username, u.first_name, u.last_name,
        u.username_folded, u.first_name_folded, u.last_name_folded,
        u.language, u.phone, u.is_blocked, u.is_blocked is not true, $3::timestamptz, $3::timestamptz, $4::int
      from ${UPSERTS.unnest(5)} with ordinality u (${UPSERTS.names}, number)
      join live l on l.bot_id = u.bot_id and l.claim = u.claim
      order by u.bot_id, u.chat_id, u.number desc
      on conflict (bot_id, chat_id) do update set
        username = excluded.username, first_name = excluded.first_name, last_name = excluded.last_name,
        username_folded = excluded.username_folded, first_name_folded = excluded.first_name_folded,
        last_name_folded = excluded.last_name_folded, language = excluded.language,
        phone = coalesce(excluded.phone, botloom_bot_user.phone),
        is_blocked = coalesce(excluded.is_blocked, botloom_bot_user.is_blocked),
        is_active = case when excluded.is_blocked is null then botloom_bot_user.is_active else excluded.is_active end,
        last_interaction = greatest(botloom_bot_user.last_interaction, excluded.last_interaction),
        active_hour = greatest(botloom_bot_user.active_hour, excluded.active_hour)
      returning id, bot_id, chat_id, phone, tags, attributes, profile_read_at, xmax = 0 as is_new)`;
}

function knownUsersSql(prefix: string): string {
  return `
    known as materialized (
      select u.id, u.bot_id, u.chat_id, u.username, u.first_name, u.last_name, u.language, u.phone, u.tags,
        u.attributes, u.profile_read_at
      from ${prefix}bot_user u
      join (select distinct * from ${KNOWN_USERS.unnest(22)} k (${KNOWN_USERS.names})) k
        on u.bot_id = k.bot_id and u.chat_id = k.chat_id
      where (select count(*) from person) is not null
      order by u.bot_id, u.chat_id
      for no key update of u)`;
}

/** Rows of `known`, as `readKnownUser` reads them. */
const KNOWN_USER_ROWS_SQL = `
    select 'k', u.bot_id::text, u.chat_id::text, u.id::text,
      json_build_object(
        'username', u.username, 'first_name', u.first_name, 'last_name', u.last_name, 'language', u.language,
        'phone', u.phone, 'tags', u.tags, 'attributes', u.attributes,
        'profile_read_at', (extract(epoch from u.profile_read_at) * 1000)::bigint)::text,
      null, null, null, null, null
    from known u`;

/** Reads rows by their kind: `b` bot, `c` claimed input, `p` upserted user, `k` known user, `s` session. */
function readLockedRows(rows: TextRows): LockedRows {
  const found: LockedRows = {
    claims: new Set(),
    bots: new Map(),
    upserts: new Map(),
    users: new Map(),
    sessions: { sessions: new Map(), senders: new Map() },
  };
  for (const row of rows) {
    const [kind, first, second] = row;
    const bot_id = first ?? '';
    if (kind === 'c') found.claims.add(`${bot_id}:${second ?? ''}`);
    else if (kind === 'b') found.bots.set(bot_id, { revision: Number(second), is_active: row[3] === 'true' });
    else if (kind === 'p') found.upserts.set(userId(bot_id, Number(second)), readUpsert(row));
    else if (kind === 'k') found.users.set(userId(bot_id, Number(second)), readKnownUser(row));
    else readSession(found.sessions, row);
  }
  return found;
}

function readUpsert([, , , id, phone = null, attributes, read_at, is_new, tags]: TextRows[number]): UpsertedColumns {
  return {
    id: id ?? '',
    phone,
    attributes: attributes ?? '{}',
    profile_read_at: read_at === null || read_at === undefined ? null : Number(read_at),
    is_new: is_new === 'true',
    tags: tags ?? '[]',
  };
}

function readKnownUser([, bot_id, chat_id, id, json]: TextRows[number]): BatchUser {
  // The object that `KNOWN_USER_ROWS_SQL` builds.
  const known = JSON.parse(json ?? '{}') as Omit<BatchUser, 'id' | 'bot_id' | 'chat_id' | 'is_new'>;
  return { ...known, id: id ?? '', bot_id: bot_id ?? '', chat_id: Number(chat_id), is_new: false };
}
