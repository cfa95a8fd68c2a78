import type { NewJob } from '../../job-store.ts';
import type { BatchWrites, UserChange } from '../../update-batch.ts';
import { isUuid, toUtcDay } from '../rows/values.ts';
import { columns } from './columns.ts';
import { readNothing, statement } from './statement.ts';

type SessionWrite = BatchWrites['sessions'][number];
type AnswerWrite = BatchWrites['answers'][number];

export interface TagRow {
  readonly bot_id: string;
  readonly tag: string;
  readonly id: string;
}

/** Increments of a bot's counters. */
export interface CounterRow {
  readonly bot_id: string;
  readonly users: number;
  readonly requests: number;
  readonly incoming: number;
  readonly outgoing: number;
}

const USERS = columns<UserChange>({
  id: ['uuid', ({ id }) => id],
  tags: ['json', ({ tags }) => JSON.stringify(tags)],
  attributes: ['json', ({ attributes }) => JSON.stringify(attributes)],
});

const TAGS = columns<TagRow>({
  bot_id: ['uuid', ({ bot_id }) => bot_id],
  tag: ['text', ({ tag }) => tag],
  user_id: ['uuid', ({ id }) => id],
});

const SESSIONS = columns<SessionWrite>({
  bot_id: ['uuid', ({ key }) => key.bot_id],
  chat_id: ['bigint', ({ key }) => key.chat_id],
  thread_id: ['bigint', ({ key }) => key.thread_id],
  user_id: ['bigint', ({ key }) => key.user_id],
  flow_version_id: ['bigint', ({ session }) => session.flow_version_id],
  step_id: ['text', ({ session }) => session.step_id],
  state: ['json', ({ session }) => JSON.stringify(session.state)],
  wait_reason: ['code', ({ summary }) => summary.wait_reason],
  wait_subject: ['text', ({ summary }) => summary.wait_subject],
  deadline: ['float8', ({ summary }) => summary.deadline],
});

const ANSWERS = columns<AnswerWrite>({
  bot_id: ['uuid', ({ key }) => key.bot_id],
  user_id: ['uuid', ({ user_id }) => user_id],
  chat_id: ['bigint', ({ key }) => key.chat_id],
  thread_id: ['bigint', ({ key }) => key.thread_id],
  flow_id: ['uuid', ({ flow_id }) => flow_id],
  flow_version_id: ['bigint', ({ flow_version_id }) => flow_version_id],
  step_id: ['text', ({ step_id }) => step_id],
  variable: ['text', ({ variable }) => variable],
  value: ['json', ({ value }) => JSON.stringify(value)],
});

const JOBS = columns<NewJob>({
  bot_id: ['uuid', ({ bot_id }) => (bot_id !== null && isUuid(bot_id) ? bot_id : null)],
  kind: ['text', ({ kind }) => kind],
  payload: ['json', ({ payload }) => JSON.stringify(payload)],
  due_at: ['float8', ({ due_at }) => due_at],
  key: ['text', ({ key }) => key],
  is_background: ['boolean', ({ is_background = false }) => is_background],
});

const COUNTERS = columns<CounterRow>({
  bot_id: ['uuid', ({ bot_id }) => bot_id],
  users: ['bigint', ({ users }) => users],
  requests: ['bigint', ({ requests }) => requests],
  incoming: ['bigint', ({ incoming }) => incoming],
  outgoing: ['bigint', ({ outgoing }) => outgoing],
});

/** The statements that write a batch, except its messages, for the tables of one schema. */
export function createWriteStatements(prefix: string) {
  return {
    /** Parameters: 1-3 users · 4-6 removed tags · 7-9 added tags. */
    writeUsers: statement({
      name: 'write_users',
      text: writeUsersSql(prefix),
      bind: (users: readonly UserChange[], removed: readonly TagRow[], added: readonly TagRow[]) => [
        ...USERS.bind(users),
        ...TAGS.bind(removed),
        ...TAGS.bind(added),
      ],
      read: readNothing,
    }),
    writeSessions: statement({
      name: 'write_sessions',
      text: writeSessionsSql(prefix),
      bind: (sessions: readonly SessionWrite[], now: string) => [...SESSIONS.bind(sessions), now],
      read: readNothing,
    }),
    writeAnswers: statement({
      name: 'write_answers',
      text: `
        insert into ${prefix}answer (${ANSWERS.names}, created_at)
        select v.*, $10::timestamptz
        from ${ANSWERS.unnest(1)} v`,
      bind: (answers: readonly AnswerWrite[], now: string) => [...ANSWERS.bind(answers), now],
      read: readNothing,
    }),
    addJobs: statement({
      name: 'add_jobs',
      text: `
        insert into ${prefix}job (${JOBS.names})
        select v.bot_id, v.kind, v.payload, to_timestamp(v.due_at / 1000.0), v.key, v.is_background
        from ${JOBS.unnest(1)} v (${JOBS.names})
        order by v.key
        on conflict do nothing`,
      bind: (jobs: readonly NewJob[]) => JOBS.bind(jobs),
      read: readNothing,
    }),
    /** Parameters: 1-5 counters · 6 day · 7 now. */
    count: statement({
      name: 'count',
      text: countSql(prefix),
      bind: (counters: readonly CounterRow[], now: number) => [
        ...COUNTERS.bind(counters),
        toUtcDay(now),
        new Date(now).toISOString(),
      ],
      read: readNothing,
    }),
    /** Counts one outgoing message. */
    countDay: statement({
      name: 'count_day',
      text: `
        insert into ${prefix}bot_counter_day (bot_id, day, incoming, outgoing)
        values ($1, $2, 0, 1)
        on conflict (bot_id, day) do update set outgoing = botloom_bot_counter_day.outgoing + 1`,
      bind: (bot_id: string, now: number) => [bot_id, toUtcDay(now)],
      read: readNothing,
    }),
    /** Removes old claims, and returns their number. */
    pruneSeen: statement({
      name: 'prune_seen',
      text: `
        delete from ${prefix}seen_update
        where (bot_id, update_id) in (
          select bot_id, update_id from ${prefix}seen_update
          where seen_at < $1::timestamptz
          order by seen_at
          limit $2)
        returning 1`,
      bind: (before: number, limit: number) => [new Date(before).toISOString(), String(limit)],
      read: (rows) => rows.length,
    }),
  };
}

function writeUsersSql(prefix: string): string {
  return `
    with changed as (
      update ${prefix}bot_user u set tags = v.tags, attributes = v.attributes
      from ${USERS.unnest(1)} v (${USERS.names})
      where u.id = v.id),
    untagged as (
      delete from ${prefix}user_tag t
      using ${TAGS.unnest(4)} v (${TAGS.names})
      where t.bot_id = v.bot_id and t.tag = v.tag and t.user_id = v.user_id)
    insert into ${prefix}user_tag (${TAGS.names})
    select v.* from ${TAGS.unnest(7)} v
    on conflict do nothing`;
}

function writeSessionsSql(prefix: string): string {
  return `
    update ${prefix}session s set
      flow_version_id = v.flow_version_id, step_id = v.step_id, state = v.state, wait_reason = v.wait_reason,
      wait_subject = v.wait_subject, deadline = to_timestamp(v.deadline / 1000.0), updated_at = $11
    from ${SESSIONS.unnest(1)} v (${SESSIONS.names})
    where s.bot_id = v.bot_id and s.chat_id = v.chat_id and s.thread_id = v.thread_id and s.user_id = v.user_id`;
}

/**
 * The day's row is locked first, because a data-modifying WITH whose result is not read runs first. Every writer does
 * so.
 */
function countSql(prefix: string): string {
  return `
    with days as (
      insert into ${prefix}bot_counter_day (bot_id, day, incoming, outgoing)
      select v.bot_id, $6, v.incoming, v.outgoing
      from unnest($1::uuid[], $4::bigint[], $5::bigint[]) v (bot_id, incoming, outgoing)
      where v.incoming + v.outgoing > 0
      order by v.bot_id
      on conflict (bot_id, day) do update set
        incoming = botloom_bot_counter_day.incoming + excluded.incoming,
        outgoing = botloom_bot_counter_day.outgoing + excluded.outgoing)
    insert into ${prefix}bot_counter (bot_id, user_count, request_count, last_activity)
    select v.bot_id, v.users, v.requests, $7::timestamptz
    from unnest($1::uuid[], $2::bigint[], $3::bigint[]) v (bot_id, users, requests)
    order by v.bot_id
    on conflict (bot_id) do update set
      user_count = botloom_bot_counter.user_count + excluded.user_count,
      request_count = botloom_bot_counter.request_count + excluded.request_count,
      last_activity = greatest(botloom_bot_counter.last_activity, excluded.last_activity)`;
}
