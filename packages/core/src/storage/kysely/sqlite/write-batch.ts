import { BotloomError } from '../../../errors/index.ts';
import {
  sessionId,
  type BatchOutcome,
  type BatchWrites,
  type NewMessage,
  type UserChange,
} from '../../update-batch.ts';
import { chatKeyOf, type ChatSender } from '../chat-sender.ts';
import { diffTags } from '../diff-tags.ts';
import { toUtcDay } from '../rows/values.ts';
import { writeSenderRecord } from './chat-senders.ts';
import type { BotCount, SqliteLockedBatch } from './lock-batch.ts';
import { BOT_NUMBER, numberOf, type RowNumbers } from './row-numbers.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Who sends each chat's rows, by session id of the chat. */
type Senders = ReadonlyMap<string, ChatSender>;

/** Writes all that was decided: sessions, answers, messages, calls, jobs, and the counters last, as everywhere. */
export function writeBatch(
  connection: SqliteConnection,
  writes: BatchWrites,
  senders: Senders,
  { numbers, counts }: Pick<SqliteLockedBatch, 'numbers' | 'counts'>,
  now: number,
): BatchOutcome {
  for (const user of writes.users) writeUser(connection, user);
  writeSessions(connection, writes, senders, now);
  writeAnswers(connection, writes, now);
  for (const { bot_id, from_chat_id, to_chat_id } of writes.migrated_chats)
    moveQueuedRows(connection, bot_id, from_chat_id, to_chat_id);
  const messages = writes.messages.map((message) => {
    const sender = message.send === null ? null : senderOf(senders, message);
    return {
      id: insertMessage(connection, message, numbers, sender?.owner ?? null, now),
      owner: sender?.owner ?? null,
      in_table: sender?.in_table ?? false,
    };
  });
  for (const edit of writes.edits) writeEdit(connection, edit, numbers, now);
  const calls = writeCalls(connection, writes, numbers, messages, senders);
  for (const job of writes.jobs) insertJob(connection, job);
  writeCounters(connection, writes, counts, now);
  return { kind: 'committed', messages, calls };
}

const UPDATE_USER_SQL = 'update botloom_bot_user set tags = ?, attributes = ? where id = ?';
const INSERT_TAG_SQL = 'insert into botloom_user_tag (bot_id, tag, user_id) values (?, ?, ?) on conflict do nothing';
const DELETE_TAG_SQL = 'delete from botloom_user_tag where bot_id = ? and tag = ? and user_id = ?';

function writeUser(connection: SqliteConnection, user: UserChange): void {
  const { id, bot_id, tags, attributes } = user;
  const { added, removed } = diffTags(user);
  connection.prepare(UPDATE_USER_SQL).run(JSON.stringify(tags), JSON.stringify(attributes), id);
  for (const tag of added) connection.prepare(INSERT_TAG_SQL).run(bot_id, tag, id);
  for (const tag of removed) connection.prepare(DELETE_TAG_SQL).run(bot_id, tag, id);
}

const UPSERT_SESSION_SQL = `insert into botloom_session
    (bot_id, chat_id, thread_id, user_id, flow_version_id, step_id, state, wait_reason, wait_subject, deadline, updated_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (bot_id, chat_id, thread_id, user_id) do update set
    flow_version_id = excluded.flow_version_id, step_id = excluded.step_id, state = excluded.state,
    wait_reason = excluded.wait_reason, wait_subject = excluded.wait_subject, deadline = excluded.deadline,
    updated_at = excluded.updated_at`;
const UPSERT_SESSION_AND_SENDER_SQL = `insert into botloom_session
    (bot_id, chat_id, thread_id, user_id, flow_version_id, step_id, state, wait_reason, wait_subject, deadline, updated_at,
     sender, is_given)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (bot_id, chat_id, thread_id, user_id) do update set
    flow_version_id = excluded.flow_version_id, step_id = excluded.step_id, state = excluded.state,
    wait_reason = excluded.wait_reason, wait_subject = excluded.wait_subject, deadline = excluded.deadline,
    updated_at = excluded.updated_at, sender = excluded.sender, is_given = excluded.is_given`;

function writeSessions(connection: SqliteConnection, { sessions }: BatchWrites, senders: Senders, now: number): void {
  const written = new Set<string>();
  for (const { key, session, summary } of sessions) {
    const id = sessionId(key);
    written.add(id);
    const values = [
      key.bot_id,
      key.chat_id,
      key.thread_id,
      key.user_id,
      session.flow_version_id,
      session.step_id,
      JSON.stringify(session.state),
      summary.wait_reason,
      summary.wait_subject,
      summary.deadline,
      now,
    ];
    const record = senders.get(id)?.record ?? null;
    if (record === null) connection.prepare(UPSERT_SESSION_SQL).run(...values);
    else connection.prepare(UPSERT_SESSION_AND_SENDER_SQL).run(...values, record.sender, record.is_given ? 1 : 0);
  }
  for (const [id, sender] of senders) if (!written.has(id)) writeSenderRecord(connection, sender, now);
}

const INSERT_ANSWER_SQL = `insert into botloom_answer (bot_id, user_id, chat_id, thread_id, flow_id, flow_version_id, step_id, variable, value, created_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function writeAnswers(connection: SqliteConnection, { answers }: BatchWrites, now: number): void {
  for (const { key, user_id, flow_id, flow_version_id, step_id, variable, value } of answers) {
    connection
      .prepare(INSERT_ANSWER_SQL)
      .run(
        key.bot_id,
        user_id,
        key.chat_id,
        key.thread_id,
        flow_id,
        flow_version_id,
        step_id,
        variable,
        JSON.stringify(value),
        now,
      );
  }
}

const INSERT_INCOMING_SQL = `insert into botloom_message (bot_id, user_id, chat_id, thread_id, direction, type, text, file_id, telegram_message_id, payload, status, created_at)
  values (?, ?, ?, ?, 'incoming', ?, ?, ?, ?, ?, 'received', ?)`;
const INSERT_OUTGOING_SQL = `insert into botloom_message (bot_id, user_id, chat_id, thread_id, direction, type, text, file_id, flow_id, payload, status, created_at, owner, method, delivery, expires_at, on_failure)
  values (?, ?, ?, ?, 'outgoing', ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)`;

/** Adds a row to the log; with an owner it is in the outbox as well. Gives its id. */
export function insertMessage(
  connection: SqliteConnection,
  message: NewMessage,
  numbers: RowNumbers,
  owner: string | null,
  now: number,
): number {
  const { chat_id, thread_id, type, text, file_id, flow_id, telegram_message_id, send } = message;
  const bot = numberOf(numbers, message.bot_id);
  const user = message.user_id === null ? null : numberOf(numbers, message.user_id);
  const payload = message.payload === null ? null : JSON.stringify(message.payload);
  const { lastInsertRowid } =
    send === null
      ? connection
          .prepare(INSERT_INCOMING_SQL)
          .run(bot, user, chat_id, thread_id, type, text, file_id, telegram_message_id, payload, now)
      : connection
          .prepare(INSERT_OUTGOING_SQL)
          .run(
            bot,
            user,
            chat_id,
            thread_id,
            type,
            text,
            file_id,
            flow_id,
            payload,
            now,
            owner,
            send.method,
            send.delivery,
            send.expires_at,
            send.on_failure === undefined ? null : JSON.stringify(send.on_failure),
          );
  return Number(lastInsertRowid);
}

/** Raises an error for something to send without a chat: it would never be sent. */
function senderOf(
  senders: Senders,
  { bot_id, chat_id }: { readonly bot_id: string; readonly chat_id: number | null },
): ChatSender {
  const sender = chat_id === null ? undefined : senders.get(sessionId(chatKeyOf(bot_id, chat_id)));
  if (sender === undefined) throw new BotloomError('INTERNAL', 'What is to be sent has no chat.');
  return sender;
}

/** How far back the message of an edit is looked for among the person's: people edit what they wrote lately, and no index of its own must be paid for with every message. */
const MAX_EDIT_LOOKBACK_ROWS = 1_000;

const UPDATE_EDITED_SQL = 'update botloom_message set type = ?, text = ?, file_id = ?, payload = ? where id = ';
const UPDATE_EDITED_BY_USER_SQL = `${UPDATE_EDITED_SQL} (select id from (select id, chat_id, telegram_message_id from botloom_message where user_id = ? order by created_at desc, id desc limit ${MAX_EDIT_LOOKBACK_ROWS})
  where chat_id = ? and telegram_message_id = ? limit 1)`;
const UPDATE_EDITED_BY_CHAT_SQL = `${UPDATE_EDITED_SQL} (select id from botloom_message where chat_id = ? and telegram_message_id = ? and bot_id = ? and user_id is null and direction = 'incoming' order by id desc limit 1)`;

function writeEdit(connection: SqliteConnection, edit: NewMessage, numbers: RowNumbers, now: number): void {
  const { type, text, file_id, chat_id, telegram_message_id, bot_id, user_id } = edit;
  const payload = edit.payload === null ? null : JSON.stringify(edit.payload);
  const { changes } =
    user_id === null
      ? connection
          .prepare(UPDATE_EDITED_BY_CHAT_SQL)
          .run(type, text, file_id, payload, chat_id, telegram_message_id, numberOf(numbers, bot_id))
      : connection
          .prepare(UPDATE_EDITED_BY_USER_SQL)
          .run(type, text, file_id, payload, numberOf(numbers, user_id), chat_id, telegram_message_id);
  if (changes === 0) insertMessage(connection, { ...edit, send: null }, numbers, null, now);
}

/** Numbers of calls are higher than those of the messages before them, so that (position, id) orders both. */
const INSERT_CALL_SQL = `insert into botloom_outgoing_call (id, position, bot_id, chat_id, method, payload, expires_at, owner)
  select max(newest.id, coalesce((select max(id) from botloom_outgoing_call), 0)) + 1, coalesce(?, newest.id), ?, ?, ?, ?, ?, ?
  from (select coalesce(max(id), 0) as id from botloom_message) newest returning id, position`;

function writeCalls(
  connection: SqliteConnection,
  { calls }: BatchWrites,
  numbers: RowNumbers,
  messages: BatchOutcome['messages'],
  senders: Senders,
): BatchOutcome['calls'] {
  return calls.map((call) => {
    const { bot_id, chat_id, method, expires_at } = call;
    const { owner, in_table } = senderOf(senders, call);
    const after = messages[call.after_message]?.id ?? null;
    const [id, position] = connection
      .prepareRaw(INSERT_CALL_SQL)
      .get(after, numberOf(numbers, bot_id), chat_id, method, JSON.stringify(call.payload), expires_at, owner) as [
      number,
      number,
    ];
    return { id, position, owner, in_table };
  });
}

const INSERT_JOB_SQL =
  'insert into botloom_job (bot_id, kind, payload, due_at, key, is_background) values (?, ?, ?, ?, ?, ?) on conflict do nothing';

function insertJob(
  connection: SqliteConnection,
  { bot_id, kind, payload, due_at, key, is_background = false }: BatchWrites['jobs'][number],
): void {
  connection.prepare(INSERT_JOB_SQL).run(bot_id, kind, JSON.stringify(payload), due_at, key, is_background ? 1 : 0);
}

/** Queued rows of a chat go to another (a group that became a supergroup). */
export function moveQueuedRows(
  connection: SqliteConnection,
  bot_id: string,
  from_chat_id: number,
  to_chat_id: number,
): void {
  connection
    .prepare(
      `update botloom_message set chat_id = ? where owner is not null and chat_id = ? and bot_id = ${BOT_NUMBER}`,
    )
    .run(to_chat_id, from_chat_id, bot_id);
  connection
    .prepare(`update botloom_outgoing_call set chat_id = ? where chat_id = ? and bot_id = ${BOT_NUMBER}`)
    .run(to_chat_id, from_chat_id, bot_id);
}

const UPSERT_COUNTER_SQL = `insert into botloom_bot_counter (bot_id, user_count, request_count, last_activity) values (?, ?, ?, ?)
  on conflict (bot_id) do update set user_count = user_count + excluded.user_count, request_count = request_count + excluded.request_count,
  last_activity = max(coalesce(last_activity, 0), excluded.last_activity)`;
const UPSERT_DAY_COUNTER_SQL = `insert into botloom_bot_counter_day (bot_id, day, incoming, outgoing) values (?, ?, ?, ?)
  on conflict (bot_id, day) do update set incoming = incoming + excluded.incoming, outgoing = outgoing + excluded.outgoing`;

function writeCounters(
  connection: SqliteConnection,
  { messages }: BatchWrites,
  counts: ReadonlyMap<string, BotCount>,
  now: number,
): void {
  for (const [bot_id, { users, requests }] of counts)
    connection.prepare(UPSERT_COUNTER_SQL).run(bot_id, users, requests, now);
  const days = new Map<string, { incoming: number; outgoing: number }>();
  for (const { bot_id, direction } of messages) {
    let day = days.get(bot_id);
    if (day === undefined) days.set(bot_id, (day = { incoming: 0, outgoing: 0 }));
    day[direction] += 1;
  }
  const today = toUtcDay(now);
  for (const [bot_id, { incoming, outgoing }] of days)
    connection.prepare(UPSERT_DAY_COUNTER_SQL).run(bot_id, today, incoming, outgoing);
}
