import { sessionId, type SessionKey } from '../../update-batch.ts';
import {
  chatKeyOf,
  chooseSender,
  needsUnsentCheck,
  NO_SENDER_RECORD,
  type ChatSender,
  type SenderRecord,
} from '../chat-sender.ts';
import { BOT_NUMBER } from './row-numbers.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Something that is to be sent to a chat. */
interface OutgoingRow {
  readonly bot_id: string;
  readonly chat_id: number | null;
}

/**
 * Finds who sends each chat's new rows. In the common case, the chat was mine before, it reads nothing.
 *
 * @param knownRecords what the lock read, by session id; a chat that is not there is read now
 * @returns by session id of the chat; null when a dead instance has unsent rows of one, which must be taken over first, lest older rows stay behind newer ones
 */
export function findSenders(
  connection: SqliteConnection,
  caller: string,
  rows: readonly OutgoingRow[],
  knownRecords: ReadonlyMap<string, SenderRecord>,
): Map<string, ChatSender> | null {
  const senders = new Map<string, ChatSender>();
  for (const { bot_id, chat_id } of rows) {
    if (chat_id === null) continue;
    const key = chatKeyOf(bot_id, chat_id);
    const id = sessionId(key);
    if (senders.has(id)) continue;
    const note = knownRecords.get(id) ?? readSenderRecord(connection, key);
    if (!needsUnsentCheck(caller, note)) {
      senders.set(id, chooseSender(caller, key, note, null));
      continue;
    }
    const owners = ownersOfUnsent(connection, key);
    const other = owners.findLast((owner) => owner !== caller) ?? null;
    if (other !== null && !isAlive(connection, other)) return null;
    senders.set(id, chooseSender(caller, key, note, { other, mine: owners.includes(caller) }));
  }
  return senders;
}

function readSenderRecord(connection: SqliteConnection, key: SessionKey): SenderRecord {
  const row = connection
    .prepareRaw(
      'select sender, is_given from botloom_session where bot_id = ? and chat_id = ? and thread_id = ? and user_id = ?',
    )
    .get(key.bot_id, key.chat_id, key.thread_id, key.user_id) as [string | null, number] | undefined;
  return row === undefined ? NO_SENDER_RECORD : { sender: row[0], is_given: row[1] === 1 };
}

const OWNERS_OF_UNSENT_SQL = `select owner, max(position) from (
  select owner, id as position from botloom_message where owner is not null and chat_id = ? and bot_id = ${BOT_NUMBER}
  union all select owner, position from botloom_outgoing_call where chat_id = ? and bot_id = ${BOT_NUMBER}) group by owner order by 2`;

/** The one with the newest row last. */
function ownersOfUnsent(connection: SqliteConnection, { bot_id, chat_id }: SessionKey): readonly string[] {
  const rows = connection.prepareRaw(OWNERS_OF_UNSENT_SQL).all(chat_id, bot_id, chat_id, bot_id) as [string, number][];
  return rows.map(([owner]) => owner);
}

function isAlive(connection: SqliteConnection, id: string): boolean {
  return (
    connection
      .prepareRaw(
        `select 1 from botloom_instance where id = ? and lease_until > cast(unixepoch('subsec') * 1000 as integer)`,
      )
      .get(id) !== undefined
  );
}

const UPSERT_SENDER_RECORD_SQL = `insert into botloom_session (bot_id, chat_id, thread_id, user_id, state, sender, is_given, updated_at) values (?, ?, ?, ?, '{}', ?, ?, ?)
  on conflict (bot_id, chat_id, thread_id, user_id) do update set sender = excluded.sender, is_given = excluded.is_given`;

/** Notes in the chat's row who sends, where that has changed; for chats whose row is not written anyway. */
export function writeSenderRecord(connection: SqliteConnection, { key, record: note }: ChatSender, now: number): void {
  if (note === null) return;
  connection
    .prepare(UPSERT_SENDER_RECORD_SQL)
    .run(key.bot_id, key.chat_id, key.thread_id, key.user_id, note.sender, note.is_given ? 1 : 0, now);
}
