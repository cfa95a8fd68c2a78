import { findPreviousSql } from '../find-previous-sql.ts';
import { lockBatchSql, makeSessionsSql, tryLockChatsSql } from './lock-batch-sql.ts';
import {
  failMessagesSql,
  loadOutboxSql,
  writeEditSql,
  writeMessagesAndCallsSql,
  writeMessagesSql,
} from './message-sql.ts';
import type { PreparedStatement } from './pipeline.ts';

/** The hot path's statements, for the tables of one schema. One text for every size of batch. */
export type HotStatements = ReturnType<typeof createHotStatements>;

/**
 * @param t qualified prefix of the tables: `botloom_` or `"schema".botloom_`
 */
export function createHotStatements(t: string) {
  return {
    lockBatch: named('lock_batch', lockBatchSql(t, false)),
    lockBatchWithJobs: named('lock_batch_jobs', lockBatchSql(t, true)),
    tryLockChats: named('try_lock_chats', tryLockChatsSql(t)),
    makeSessions: named('make_sessions', makeSessionsSql(t)),
    writeUsers: named(
      'write_users',
      `with changed as (
         update ${t}bot_user u set tags = v.tags, attributes = v.attributes from unnest($1::uuid[], $2::json[], $3::json[]) v (id, tags, attributes) where u.id = v.id),
       untagged as (
         delete from ${t}user_tag t using unnest($4::uuid[], $5::text[], $6::uuid[]) v (bot_id, tag, user_id) where t.bot_id = v.bot_id and t.tag = v.tag and t.user_id = v.user_id)
       insert into ${t}user_tag (bot_id, tag, user_id) select v.* from unnest($7::uuid[], $8::text[], $9::uuid[]) v on conflict do nothing`,
    ),
    writeSessions: named(
      'write_sessions',
      `update ${t}session s set flow_version_id = v.flow_version_id, step_id = v.step_id, state = v.state,
         wait_reason = v.wait_reason, wait_subject = v.wait_subject, deadline = to_timestamp(v.deadline / 1000.0),
         updated_at = $11
       from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::json[],
           $8::text[], $9::text[], $10::float8[])
         v (bot_id, chat_id, thread_id, user_id, flow_version_id, step_id, state, wait_reason, wait_subject, deadline)
       where s.bot_id = v.bot_id and s.chat_id = v.chat_id and s.thread_id = v.thread_id and s.user_id = v.user_id`,
    ),
    noteSenders: named(
      'note_senders',
      `insert into ${t}session (bot_id, chat_id, thread_id, user_id, state, sender, is_given, updated_at)
       select v.bot_id, v.chat_id, 0, v.user_id, '{}', v.sender, v.is_given, $6::timestamptz
       from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::boolean[]) v (bot_id, chat_id, user_id, sender, is_given)
       order by v.bot_id, v.chat_id, v.user_id
       on conflict (bot_id, chat_id, thread_id, user_id) do update set sender = excluded.sender, is_given = excluded.is_given`,
    ),
    lockSenders: named(
      'lock_senders',
      `select id from ${t}instance where id = any($1::text[]) and lease_until > clock_timestamp() order by id for key share`,
    ),
    readUnsent: named(
      'read_unsent',
      `select k.bot_id, k.chat_id, o.owner from unnest($1::uuid[], $2::bigint[]) k (bot_id, chat_id) cross join lateral (
         select owner, max(position) as position from (
           select m.owner, m.id as position from ${t}message m where m.owner is not null and m.chat_id = k.chat_id and m.bot_id = k.bot_id
           union all select c.owner, c.position from ${t}outgoing_call c where c.chat_id = k.chat_id and c.bot_id = k.bot_id) u
         group by owner) o
       order by o.position`,
    ),
    writeAnswers: named(
      'write_answers',
      `insert into ${t}answer (bot_id, user_id, chat_id, thread_id, flow_id, flow_version_id, step_id, variable, value, created_at)
       select v.*, $10::timestamptz from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[], $6::bigint[], $7::text[], $8::text[], $9::json[]) v`,
    ),
    writeMessages: named('write_messages', writeMessagesSql(t)),
    writeMessagesAndCalls: named('write_messages_calls', writeMessagesAndCallsSql(t)),
    writeEdit: named('write_edit', writeEditSql(t)),
    moveMessages: named(
      'move_messages',
      `update ${t}message set chat_id = $3 where owner is not null and chat_id = $2 and bot_id = $1`,
    ),
    moveCalls: named('move_calls', `update ${t}outgoing_call set chat_id = $3 where chat_id = $2 and bot_id = $1`),
    addJobs: named(
      'add_jobs',
      `insert into ${t}job (bot_id, kind, payload, due_at, key, is_background)
       select v.bot_id, v.kind, v.payload, to_timestamp(v.due_at / 1000.0), v.key, v.is_background
       from unnest($1::uuid[], $2::text[], $3::json[], $4::float8[], $5::text[], $6::bool[]) v (bot_id, kind, payload, due_at, key, is_background)
       order by v.key on conflict do nothing`,
    ),
    notify: named('notify', `select pg_notify($1, id) from unnest($2::text[]) id`),
    // The day's row first, by the order of a data-modifying WITH whose result is not read: everybody takes them so.
    count: named(
      'count',
      `with days as (
         insert into ${t}bot_counter_day (bot_id, day, incoming, outgoing)
         select v.bot_id, $6, v.incoming, v.outgoing from unnest($1::uuid[], $4::bigint[], $5::bigint[]) v (bot_id, incoming, outgoing)
         where v.incoming + v.outgoing > 0 order by v.bot_id
         on conflict (bot_id, day) do update set incoming = botloom_bot_counter_day.incoming + excluded.incoming, outgoing = botloom_bot_counter_day.outgoing + excluded.outgoing)
       insert into ${t}bot_counter (bot_id, user_count, request_count, last_activity)
       select v.bot_id, v.users, v.requests, $7::timestamptz from unnest($1::uuid[], $2::bigint[], $3::bigint[]) v (bot_id, users, requests) order by v.bot_id
       on conflict (bot_id) do update set user_count = botloom_bot_counter.user_count + excluded.user_count,
         request_count = botloom_bot_counter.request_count + excluded.request_count, last_activity = greatest(botloom_bot_counter.last_activity, excluded.last_activity)`,
    ),
    countDay: named(
      'count_day',
      `insert into ${t}bot_counter_day (bot_id, day, incoming, outgoing) values ($1, $2, 0, 1)
       on conflict (bot_id, day) do update set outgoing = botloom_bot_counter_day.outgoing + 1`,
    ),
    settleSent: named(
      'settle_sent',
      `update ${t}message m set status = 'sent', telegram_message_id = v.telegram_message_id, sent_at = to_timestamp(v.sent_at / 1000.0), owner = null
       from unnest($1::bigint[], $2::bigint[], $3::float8[]) v (id, telegram_message_id, sent_at) where m.id = v.id and m.owner is not null`,
    ),
    settleFailed: named(
      'settle_failed',
      failMessagesSql(
        t,
        `update ${t}message m set status = 'failed', failure = v.reason, owner = null from unnest($1::bigint[], $2::text[]) v (id, reason) where m.id = v.id and m.owner = $3`,
      ),
    ),
    settleCalls: named('settle_calls', `delete from ${t}outgoing_call where id = any($1::bigint[])`),
    markAttempted: named('mark_attempted', `update ${t}message set is_attempted = $3 where id = $1 and owner = $2`),
    findPrevious: named('find_previous', findPreviousSql(t, '$1')),
    blockUser: named(
      'block_user',
      `update ${t}bot_user set is_blocked = true, is_active = false where bot_id = $1 and chat_id = $2`,
    ),
    failChat: named(
      'fail_chat',
      failMessagesSql(
        t,
        `update ${t}message m set status = 'failed', failure = $3, owner = null where m.owner is not null and m.chat_id = $2 and m.bot_id = $1`,
      ),
    ),
    dropCalls: named('drop_calls', `delete from ${t}outgoing_call where chat_id = $2 and bot_id = $1`),
    loadOutbox: named('load_outbox', loadOutboxSql(t)),
    backlog: named(
      'backlog',
      `select (select count(*) from ${t}message where owner = $1) + (select count(*) from ${t}outgoing_call where owner = $1)`,
    ),
    backlogOfChat: named(
      'backlog_of_chat',
      `select count(*) from (select from ${t}message where owner is not null and chat_id = $2 and bot_id = $1 limit $3) waiting`,
    ),
    lockChat: named(
      'lock_chat',
      `insert into ${t}session (bot_id, chat_id, thread_id, user_id, state, updated_at) values ($1, $2, 0, $3, '{}', $4)
       on conflict (bot_id, chat_id, thread_id, user_id) do update set updated_at = excluded.updated_at returning sender, is_given`,
    ),
    pruneSeen: named(
      'prune_seen',
      `delete from ${t}seen_update where (bot_id, update_id) in (select bot_id, update_id from ${t}seen_update where seen_at < $1::timestamptz order by seen_at limit $2) returning 1`,
    ),
  };
}

function named(name: string, text: string): PreparedStatement {
  return { name: `botloom_${name}`, text: text.replaceAll(/\s+/g, ' ') };
}
