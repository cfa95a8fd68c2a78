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
 * @param tablePrefix qualified prefix of the tables: `botloom_` or `"schema".botloom_`
 */
export function createHotStatements(tablePrefix: string) {
  return {
    lockBatch: toStatement('lock_batch', lockBatchSql(tablePrefix, false)),
    lockBatchWithJobs: toStatement('lock_batch_jobs', lockBatchSql(tablePrefix, true)),
    tryLockChats: toStatement('try_lock_chats', tryLockChatsSql(tablePrefix)),
    makeSessions: toStatement('make_sessions', makeSessionsSql(tablePrefix)),
    writeUsers: toStatement(
      'write_users',
      `with changed as (
         update ${tablePrefix}bot_user u set tags = v.tags, attributes = v.attributes from unnest($1::uuid[], $2::json[], $3::json[]) v (id, tags, attributes) where u.id = v.id),
       untagged as (
         delete from ${tablePrefix}user_tag t using unnest($4::uuid[], $5::text[], $6::uuid[]) v (bot_id, tag, user_id) where t.bot_id = v.bot_id and t.tag = v.tag and t.user_id = v.user_id)
       insert into ${tablePrefix}user_tag (bot_id, tag, user_id) select v.* from unnest($7::uuid[], $8::text[], $9::uuid[]) v on conflict do nothing`,
    ),
    writeSessions: toStatement(
      'write_sessions',
      `update ${tablePrefix}session s set flow_version_id = v.flow_version_id, step_id = v.step_id, state = v.state,
         wait_reason = v.wait_reason, wait_subject = v.wait_subject, deadline = to_timestamp(v.deadline / 1000.0),
         updated_at = $11
       from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::json[],
           $8::text[], $9::text[], $10::float8[])
         v (bot_id, chat_id, thread_id, user_id, flow_version_id, step_id, state, wait_reason, wait_subject, deadline)
       where s.bot_id = v.bot_id and s.chat_id = v.chat_id and s.thread_id = v.thread_id and s.user_id = v.user_id`,
    ),
    noteSenders: toStatement(
      'note_senders',
      `insert into ${tablePrefix}session (bot_id, chat_id, thread_id, user_id, state, sender, is_given, updated_at)
       select v.bot_id, v.chat_id, 0, v.user_id, '{}', v.sender, v.is_given, $6::timestamptz
       from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::boolean[]) v (bot_id, chat_id, user_id, sender, is_given)
       order by v.bot_id, v.chat_id, v.user_id
       on conflict (bot_id, chat_id, thread_id, user_id) do update set sender = excluded.sender, is_given = excluded.is_given`,
    ),
    lockSenders: toStatement(
      'lock_senders',
      `select id from ${tablePrefix}instance where id = any($1::text[]) and lease_until > clock_timestamp() order by id for key share`,
    ),
    readUnsent: toStatement(
      'read_unsent',
      `select k.bot_id, k.chat_id, o.owner from unnest($1::uuid[], $2::bigint[]) k (bot_id, chat_id) cross join lateral (
         select owner, max(position) as position from (
           select m.owner, m.id as position from ${tablePrefix}message m where m.owner is not null and m.chat_id = k.chat_id and m.bot_id = k.bot_id
           union all select c.owner, c.position from ${tablePrefix}outgoing_call c where c.chat_id = k.chat_id and c.bot_id = k.bot_id) u
         group by owner) o
       order by o.position`,
    ),
    writeAnswers: toStatement(
      'write_answers',
      `insert into ${tablePrefix}answer (bot_id, user_id, chat_id, thread_id, flow_id, flow_version_id, step_id, variable, value, created_at)
       select v.*, $10::timestamptz from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[], $6::bigint[], $7::text[], $8::text[], $9::json[]) v`,
    ),
    writeMessages: toStatement('write_messages', writeMessagesSql(tablePrefix)),
    writeMessagesAndCalls: toStatement('write_messages_calls', writeMessagesAndCallsSql(tablePrefix)),
    writeEdit: toStatement('write_edit', writeEditSql(tablePrefix)),
    moveMessages: toStatement(
      'move_messages',
      `update ${tablePrefix}message set chat_id = $3 where owner is not null and chat_id = $2 and bot_id = $1`,
    ),
    moveCalls: toStatement(
      'move_calls',
      `update ${tablePrefix}outgoing_call set chat_id = $3 where chat_id = $2 and bot_id = $1`,
    ),
    addJobs: toStatement(
      'add_jobs',
      `insert into ${tablePrefix}job (bot_id, kind, payload, due_at, key, is_background)
       select v.bot_id, v.kind, v.payload, to_timestamp(v.due_at / 1000.0), v.key, v.is_background
       from unnest($1::uuid[], $2::text[], $3::json[], $4::float8[], $5::text[], $6::bool[]) v (bot_id, kind, payload, due_at, key, is_background)
       order by v.key on conflict do nothing`,
    ),
    notify: toStatement('notify', `select pg_notify($1, id) from unnest($2::text[]) id`),
    // The day's row first, by the order of a data-modifying WITH whose result is not read: everybody takes them so.
    count: toStatement(
      'count',
      `with days as (
         insert into ${tablePrefix}bot_counter_day (bot_id, day, incoming, outgoing)
         select v.bot_id, $6, v.incoming, v.outgoing from unnest($1::uuid[], $4::bigint[], $5::bigint[]) v (bot_id, incoming, outgoing)
         where v.incoming + v.outgoing > 0 order by v.bot_id
         on conflict (bot_id, day) do update set incoming = botloom_bot_counter_day.incoming + excluded.incoming, outgoing = botloom_bot_counter_day.outgoing + excluded.outgoing)
       insert into ${tablePrefix}bot_counter (bot_id, user_count, request_count, last_activity)
       select v.bot_id, v.users, v.requests, $7::timestamptz from unnest($1::uuid[], $2::bigint[], $3::bigint[]) v (bot_id, users, requests) order by v.bot_id
       on conflict (bot_id) do update set user_count = botloom_bot_counter.user_count + excluded.user_count,
         request_count = botloom_bot_counter.request_count + excluded.request_count, last_activity = greatest(botloom_bot_counter.last_activity, excluded.last_activity)`,
    ),
    countDay: toStatement(
      'count_day',
      `insert into ${tablePrefix}bot_counter_day (bot_id, day, incoming, outgoing) values ($1, $2, 0, 1)
       on conflict (bot_id, day) do update set outgoing = botloom_bot_counter_day.outgoing + 1`,
    ),
    settleSent: toStatement(
      'settle_sent',
      `update ${tablePrefix}message m set status = 'sent', telegram_message_id = v.telegram_message_id, sent_at = to_timestamp(v.sent_at / 1000.0), owner = null
       from unnest($1::bigint[], $2::bigint[], $3::float8[]) v (id, telegram_message_id, sent_at) where m.id = v.id and m.owner is not null`,
    ),
    settleFailed: toStatement(
      'settle_failed',
      failMessagesSql(
        tablePrefix,
        `update ${tablePrefix}message m set status = 'failed', failure = v.reason, owner = null from unnest($1::bigint[], $2::text[]) v (id, reason) where m.id = v.id and m.owner = $3`,
      ),
    ),
    settleCalls: toStatement('settle_calls', `delete from ${tablePrefix}outgoing_call where id = any($1::bigint[])`),
    markAttempted: toStatement(
      'mark_attempted',
      `update ${tablePrefix}message set is_attempted = $3 where id = $1 and owner = $2`,
    ),
    findPrevious: toStatement('find_previous', findPreviousSql(tablePrefix, '$1')),
    blockUser: toStatement(
      'block_user',
      `update ${tablePrefix}bot_user set is_blocked = true, is_active = false where bot_id = $1 and chat_id = $2`,
    ),
    failChat: toStatement(
      'fail_chat',
      failMessagesSql(
        tablePrefix,
        `update ${tablePrefix}message m set status = 'failed', failure = $3, owner = null where m.owner is not null and m.chat_id = $2 and m.bot_id = $1`,
      ),
    ),
    dropCalls: toStatement('drop_calls', `delete from ${tablePrefix}outgoing_call where chat_id = $2 and bot_id = $1`),
    loadOutbox: toStatement('load_outbox', loadOutboxSql(tablePrefix)),
    backlog: toStatement(
      'backlog',
      `select (select count(*) from ${tablePrefix}message where owner = $1) + (select count(*) from ${tablePrefix}outgoing_call where owner = $1)`,
    ),
    backlogOfChat: toStatement(
      'backlog_of_chat',
      `select count(*) from (select from ${tablePrefix}message where owner is not null and chat_id = $2 and bot_id = $1 limit $3) waiting`,
    ),
    lockChat: toStatement(
      'lock_chat',
      `insert into ${tablePrefix}session (bot_id, chat_id, thread_id, user_id, state, updated_at) values ($1, $2, 0, $3, '{}', $4)
       on conflict (bot_id, chat_id, thread_id, user_id) do update set updated_at = excluded.updated_at returning sender, is_given`,
    ),
    pruneSeen: toStatement(
      'prune_seen',
      `delete from ${tablePrefix}seen_update where (bot_id, update_id) in (select bot_id, update_id from ${tablePrefix}seen_update where seen_at < $1::timestamptz order by seen_at limit $2) returning 1`,
    ),
  };
}

function toStatement(name: string, text: string): PreparedStatement {
  return { name: `botloom_${name}`, text: text.replaceAll(/\s+/g, ' ') };
}
