import { FAILED_SEND_JOB } from '../../outbox-store.ts';
import { BOT_NUMBER } from './row-numbers.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** The jobs of messages that are about to fail. */
const INSERT_FAILURE_JOBS_SQL = `insert into botloom_job (bot_id, kind, payload, due_at)
  select b.id, '${FAILED_SEND_JOB}', json_set(m.on_failure, '$.reason', ?), m.created_at from botloom_message m join botloom_bot b on b.number = m.bot_id where m.on_failure is not null and `;
const FAIL_MESSAGES_SQL = `update botloom_message as m set status = 'failed', failure = ?, owner = null where `;
const OWNED_MESSAGE_CONDITION = 'm.id = ? and m.owner = ?';
const CHAT_MESSAGES_CONDITION = `m.owner is not null and m.chat_id = ? and m.bot_id = ${BOT_NUMBER}`;

/** A message of an owner has failed; whoever waits for it gets a job. In the caller's transaction. */
export function failMessage(connection: SqliteConnection, owner: string, id: number, reason: string): void {
  connection.prepare(INSERT_FAILURE_JOBS_SQL + OWNED_MESSAGE_CONDITION).run(reason, id, owner);
  connection.prepare(FAIL_MESSAGES_SQL + OWNED_MESSAGE_CONDITION).run(reason, id, owner);
}

/** The same of all that is queued for a chat. */
export function failMessagesOfChat(
  connection: SqliteConnection,
  bot_id: string,
  chat_id: number,
  reason: string,
): void {
  connection.prepare(INSERT_FAILURE_JOBS_SQL + CHAT_MESSAGES_CONDITION).run(reason, chat_id, bot_id);
  connection.prepare(FAIL_MESSAGES_SQL + CHAT_MESSAGES_CONDITION).run(reason, chat_id, bot_id);
}
