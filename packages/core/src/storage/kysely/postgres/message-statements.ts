import { FAILED_SEND_JOB } from '../../outbox-store.ts';
import type { NewMessage, NewOutgoingCall } from '../../update-batch.ts';
import { columns } from './columns.ts';
import type { TextRows } from './pipeline.ts';
import { readNothing, statement } from './statement.ts';

/** A message to insert, and the instance that sends it. */
export interface MessageRow {
  readonly message: NewMessage;
  readonly owner: string | null;
}

/** A call to insert, and the instance that sends it. */
export interface CallRow {
  readonly call: NewOutgoingCall;
  readonly owner: string;
}

/** The IDs of inserted messages, and the places of inserted calls, in the order of the input. */
export interface WrittenRows {
  readonly messages: readonly number[];
  readonly calls: readonly { readonly id: number; readonly position: number }[];
}

const MESSAGES = columns<MessageRow>({
  bot_id: ['uuid', ({ message }) => message.bot_id],
  user_id: ['uuid', ({ message }) => message.user_id],
  chat_id: ['bigint', ({ message }) => message.chat_id],
  thread_id: ['bigint', ({ message }) => message.thread_id],
  direction: ['code', ({ message }) => message.direction],
  type: ['text', ({ message }) => message.type],
  text: ['text', ({ message }) => message.text],
  file_id: ['text', ({ message }) => message.file_id],
  flow_id: ['uuid', ({ message }) => message.flow_id],
  telegram_message_id: ['bigint', ({ message }) => message.telegram_message_id],
  payload: ['json', ({ message }) => (message.payload === null ? null : JSON.stringify(message.payload))],
  owner: ['text', ({ owner }) => owner],
  method: ['text', ({ message }) => message.send?.method ?? null],
  delivery: ['code', ({ message }) => message.send?.delivery ?? null],
  expires_at: ['float8', ({ message }) => message.send?.expires_at ?? null],
  on_failure: ['json', ({ message: { send } }) => (send?.on_failure === undefined ? null : toJson(send.on_failure))],
});

const CALLS = columns<CallRow>({
  bot_id: ['uuid', ({ call }) => call.bot_id],
  chat_id: ['bigint', ({ call }) => call.chat_id],
  method: ['text', ({ call }) => call.method],
  payload: ['json', ({ call }) => JSON.stringify(call.payload)],
  expires_at: ['float8', ({ call }) => call.expires_at],
  owner: ['text', ({ owner }) => owner],
  after_message: ['bigint', ({ call }) => call.after_message],
});

/** The statements that write messages and calls, for the tables of one schema. */
export function createMessageStatements(prefix: string) {
  return {
    /** Inserts messages. The order of the input is that of their IDs. Parameters: 1-16 messages · 17 now. */
    writeMessages: statement({
      name: 'write_messages',
      text: `${insertMessagesSql(prefix)} returning id`,
      bind: (messages: readonly MessageRow[], now: string) => [...MESSAGES.bind(messages), now],
      read: (rows): WrittenRows => ({ messages: rows.map(([id]) => Number(id)), calls: [] }),
    }),
    /** Inserts messages, and calls after them. Parameters: as `writeMessages`, then 18-24 calls. */
    writeMessagesAndCalls: statement({
      name: 'write_messages_calls',
      text: writeMessagesAndCallsSql(prefix),
      bind: (messages: readonly MessageRow[], now: string, calls: readonly CallRow[]) => [
        ...MESSAGES.bind(messages),
        now,
        ...CALLS.bind(calls),
      ],
      read: readWrittenRows,
    }),
    /** Updates the stored message of an edit, or inserts it. */
    writeEdit: statement({ name: 'write_edit', text: writeEditSql(prefix), bind: bindEdit, read: readNothing }),
  };
}

function insertMessagesSql(prefix: string): string {
  return `
    insert into ${prefix}message (
      bot_id, user_id, chat_id, thread_id, direction, type, text, file_id, flow_id, telegram_message_id, payload,
      status, owner, method, delivery, expires_at, on_failure, created_at)
    select m.bot_id, m.user_id, m.chat_id, m.thread_id, m.direction, m.type, m.text, m.file_id, m.flow_id,
      m.telegram_message_id, m.payload,
      case m.direction when 'incoming' then 'received' else 'queued' end,
      m.owner, m.method, m.delivery, to_timestamp(m.expires_at / 1000.0), m.on_failure, $17::timestamptz
    from ${MESSAGES.unnest(1)} with ordinality m (${MESSAGES.names}, number)
    order by m.number`;
}

/**
 * The ID of a call comes from the sequence of the messages, after the messages have theirs. So it is higher than that
 * of every message before it. Rows: `m` ID of a message · `c` ID and position of a call.
 */
function writeMessagesAndCallsSql(prefix: string): string {
  return `
    with message as (${insertMessagesSql(prefix)} returning id),
    numbered as materialized (select id, row_number() over (order by id) - 1 as index from message),
    call as (
      insert into ${prefix}outgoing_call (id, position, bot_id, chat_id, method, payload, expires_at, owner)
      select n.id, coalesce(n.after, n.id), n.bot_id, n.chat_id, n.method, n.payload,
        to_timestamp(n.expires_at / 1000.0), n.owner
      from (
        select nextval('${prefix}message_number') as id, o.*
        from (
          select m.id as after, c.*
          from ${CALLS.unnest(18)} with ordinality c (${CALLS.names}, number)
          left join numbered m on m.index = c.after_message
          where (select count(*) from numbered) is not null
          order by c.number) o) n
      returning id, position)
    select 'm', id, null from message
    union all select 'c', id, position from call`;
}

function readWrittenRows(rows: TextRows): WrittenRows {
  const written = { messages: [] as number[], calls: [] as { id: number; position: number }[] };
  for (const [kind, id, position] of rows) {
    if (kind === 'm') written.messages.push(Number(id));
    else written.calls.push({ id: Number(id), position: Number(position) });
  }
  return written;
}

/**
 * The message of a user is searched among their newest 1,000: users edit recent messages, and an index would cost time
 * for every message. A message without a user (of a channel) is found by an index.
 */
function writeEditSql(prefix: string): string {
  return `
    with edited as (
      update ${prefix}message set type = $4, text = $5, file_id = $6, payload = $7::json
      where id = coalesce(
        (select r.id
         from (
           select id, chat_id, telegram_message_id from ${prefix}message
           where user_id = $8::uuid
           order by created_at desc, id desc
           limit 1000) r
         where r.chat_id = $2 and r.telegram_message_id = $3
         limit 1),
        (select id from ${prefix}message
         where $8::uuid is null and chat_id = $2 and telegram_message_id = $3 and bot_id = $1
           and user_id is null and direction = 'incoming'
         order by id desc
         limit 1))
      returning id)
    insert into ${prefix}message (
      bot_id, user_id, chat_id, thread_id, direction, type, text, file_id, telegram_message_id, payload, status,
      created_at)
    select $1, $8::uuid, $2, $9::bigint, 'incoming', $4, $5, $6, $3, $7::json, 'received', $10::timestamptz
    where not exists (select 1 from edited)`;
}

function bindEdit(message: NewMessage, now: string): readonly (string | null)[] {
  const { bot_id, chat_id, telegram_message_id, type, text, file_id, payload, user_id, thread_id } = message;
  return [
    bot_id,
    toText(chat_id),
    toText(telegram_message_id),
    type,
    text,
    file_id,
    payload === null ? null : JSON.stringify(payload),
    user_id,
    String(thread_id),
    now,
  ];
}

/**
 * Fails messages, and adds the jobs of those that a session waits for, with the reason.
 *
 * @param update - an `update` of the messages as `m`
 */
export function failMessagesSql(prefix: string, update: string): string {
  return `
    with failed as (${update} returning m.bot_id, m.created_at, m.on_failure, m.failure)
    insert into ${prefix}job (bot_id, kind, payload, due_at)
    select bot_id, '${FAILED_SEND_JOB}',
      (on_failure::jsonb || jsonb_build_object('reason', failure))::json, created_at
    from failed
    where on_failure is not null`;
}

function toJson(value: object): string {
  return JSON.stringify(value);
}

function toText(value: number | null): string | null {
  return value === null ? null : String(value);
}
