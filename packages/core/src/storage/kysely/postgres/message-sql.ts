import { FAILED_SEND_JOB } from '../../outbox-store.ts';

/** Columns of the arrays that messages come in, and how they go into the table. */
const MESSAGE_COLUMNS = `bot_id, user_id, chat_id, thread_id, direction, type, text, file_id, flow_id, telegram_message_id, payload, status, owner, method, delivery, expires_at, on_failure, created_at`;
const MESSAGE_VALUES = `select m.bot_id, m.user_id, m.chat_id, m.thread_id, m.direction, m.type, m.text, m.file_id, m.flow_id, m.telegram_message_id, m.payload,
    case m.direction when 'incoming' then 'received' else 'queued' end, m.owner, m.method, m.delivery, to_timestamp(m.expires_at / 1000.0), m.on_failure, $17::timestamptz
  from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::bigint[], $11::json[], $12::text[], $13::text[],
    $14::text[], $15::float8[], $16::json[]) with ordinality
    m (bot_id, user_id, chat_id, thread_id, direction, type, text, file_id, flow_id, telegram_message_id, payload, owner, method, delivery, expires_at, on_failure, number)
  order by m.number`;

/** Adds messages in the order given, which is that of their ids. Parameters: 1-16 as in the columns below · 17 now. */
export function writeMessagesSql(tablePrefix: string): string {
  return `insert into ${tablePrefix}message (${MESSAGE_COLUMNS}) ${MESSAGE_VALUES} returning id`;
}

/**
 * The same, and calls to make after them. A call's number comes from the messages' sequence once the messages have theirs, so it is higher than
 * that of every message before it. Parameters: 18-24 calls (bot, chat, method, payload, expires, owner, index of the message before or -1).
 * Rows: m(essage) id · c(all) id position
 */
export function writeMessagesAndCallsSql(tablePrefix: string): string {
  return `
with message as (insert into ${tablePrefix}message (${MESSAGE_COLUMNS}) ${MESSAGE_VALUES} returning id),
numbered as materialized (select id, row_number() over (order by id) - 1 as index from message),
call as (
  insert into ${tablePrefix}outgoing_call (id, position, bot_id, chat_id, method, payload, expires_at, owner)
  select n.id, coalesce(n.after, n.id), n.bot_id, n.chat_id, n.method, n.payload, to_timestamp(n.expires_at / 1000.0), n.owner from (
    select nextval('${tablePrefix}message_number') as id, o.* from (
      select m.id as after, c.* from unnest($18::uuid[], $19::bigint[], $20::text[], $21::json[], $22::float8[], $23::text[], $24::bigint[]) with ordinality
        c (bot_id, chat_id, method, payload, expires_at, owner, after_message, number)
      left join numbered m on m.index = c.after_message
      where (select count(*) from numbered) is not null order by c.number) o) n
  returning id, position)
select 'm', id, null from message union all select 'c', id, position from call`;
}

/**
 * Changes the stored message of an edit, or adds it. A person's is looked for among their newest thousand: people edit what they wrote lately, and
 * no index of its own must be paid for with every message. One without a person (a channel's) has an index.
 * Parameters: bot, chat, Telegram's id, type, text, file, payload, user, thread, now.
 */
export function writeEditSql(tablePrefix: string): string {
  return `
with edited as (
  update ${tablePrefix}message set type = $4, text = $5, file_id = $6, payload = $7::json where id = coalesce(
    (select r.id from (select id, chat_id, telegram_message_id from ${tablePrefix}message where user_id = $8::uuid order by created_at desc, id desc limit 1000) r
     where r.chat_id = $2 and r.telegram_message_id = $3 limit 1),
    (select id from ${tablePrefix}message where $8::uuid is null and chat_id = $2 and telegram_message_id = $3 and bot_id = $1 and user_id is null and direction = 'incoming'
     order by id desc limit 1))
  returning id)
insert into ${tablePrefix}message (bot_id, user_id, chat_id, thread_id, direction, type, text, file_id, telegram_message_id, payload, status, created_at)
select $1, $8::uuid, $2, $9::bigint, 'incoming', $4, $5, $6, $3, $7::json, 'received', $10::timestamptz where not exists (select 1 from edited)`;
}

/** The outbox of an owner in order, after a place in it. Parameters: 1 owner · 2 position · 3 id · 4 limit. */
export function loadOutboxSql(tablePrefix: string): string {
  return `
select * from (
  (select 'message' as source, m.id, m.id as position, m.bot_id, m.user_id, m.chat_id, m.thread_id, m.method, m.payload, m.delivery,
    (extract(epoch from m.expires_at) * 1000)::bigint, m.is_attempted::int
   from ${tablePrefix}message m join ${tablePrefix}bot b on b.id = m.bot_id and b.is_active and b.deleted_at is null
   where m.owner = $1 and m.id > $2 order by m.id limit $4)
  union all
  (select 'call', c.id, c.position, c.bot_id, null, c.chat_id, 0, c.method, c.payload, 'at_least_once', (extract(epoch from c.expires_at) * 1000)::bigint, 0
   from ${tablePrefix}outgoing_call c join ${tablePrefix}bot b on b.id = c.bot_id and b.is_active and b.deleted_at is null
   where c.owner = $1 and (c.position, c.id) > ($2, $3) order by c.position, c.id limit $4)) o
order by position, id limit $4`;
}

/**
 * Messages that have failed, and the jobs of those that somebody waits for, with the reason.
 *
 * @param update of the messages, which gives `bot_id`, `created_at`, `on_failure` and `failure`
 */
export function failMessagesSql(tablePrefix: string, update: string): string {
  return `with failed as (${update} returning m.bot_id, m.created_at, m.on_failure, m.failure)
    insert into ${tablePrefix}job (bot_id, kind, payload, due_at)
    select bot_id, '${FAILED_SEND_JOB}', (on_failure::jsonb || jsonb_build_object('reason', failure))::json, created_at from failed where on_failure is not null`;
}
