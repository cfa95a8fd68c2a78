import { BotloomError } from '../../../errors/index.ts';
import type { OutboxItem, OutboxStore } from '../../outbox-store.ts';
import type { InstanceStore } from '../../storage.ts';
import { sessionId } from '../../update-batch.ts';
import { chatKeyOf } from '../chat-sender.ts';
import { findPreviousSql } from '../find-previous-sql.ts';
import { toOutboxItem, type OutboxColumns } from '../rows/outbox-row.ts';
import { toUtcDay } from '../rows/values.ts';
import { findSenders, writeSenderRecord } from './chat-senders.ts';
import { failMessagesOfChat } from './fail-messages.ts';
import type { PendingSendOutcomes } from './pending-send-outcomes.ts';
import { BOT_NUMBER, readNumbers } from './row-numbers.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { inSqliteTransaction } from './sqlite-transaction.ts';
import { insertMessage, moveQueuedRows } from './write-batch.ts';

const LOAD_OUTBOX_SQL = `select * from (
    select 'message' as source, m.id as id, m.id as position, b.id as bot_id, u.id as user_id, m.chat_id, m.thread_id, m.method, m.payload, m.delivery, m.expires_at, m.is_attempted
    from botloom_message m join botloom_bot b on b.number = m.bot_id and b.is_active = 1 and b.deleted_at is null left join botloom_bot_user u on u.number = m.user_id
    where m.owner = ? and m.id > ? order by m.id limit ?)
  union all select * from (
    select 'call', c.id, c.position, b.id, null, c.chat_id, 0, c.method, c.payload, 'at_least_once', c.expires_at, 0
    from botloom_outgoing_call c join botloom_bot b on b.number = c.bot_id and b.is_active = 1 and b.deleted_at is null
    where c.owner = ? and (c.position, c.id) > (?, ?) order by c.position, c.id limit ?)
  order by 3, 2 limit ?`;
const FIND_PREVIOUS_SQL = findPreviousSql('botloom_', '?');
const COUNT_OUTGOING_SQL = `insert into botloom_bot_counter_day (bot_id, day, incoming, outgoing) values (?, ?, 0, 1)
  on conflict (bot_id, day) do update set outgoing = outgoing + 1`;

/** The outbox on SQLite: like a batch, in one turn of the event loop. */
export function createSqliteOutboxStore(
  connection: SqliteConnection,
  pendingOutcomes: PendingSendOutcomes,
  instances: Pick<InstanceStore, 'takeOver'>,
): OutboxStore {
  return {
    async enqueue(owner, message) {
      const { bot_id, chat_id } = message;
      if (message.send === null || chat_id === null)
        throw new BotloomError('INTERNAL', 'What is to be sent has a chat and a method.');
      for (let attempt = 0; ; attempt += 1) {
        const done = await inSqliteTransaction(connection, () => {
          const sender = findSenders(connection, owner, [message], new Map())?.get(
            sessionId(chatKeyOf(bot_id, chat_id)),
          );
          if (sender === undefined) return { commit: false, result: null };
          const now = Date.now();
          writeSenderRecord(connection, sender, now);
          const numbers = readNumbers(connection, message);
          const id = insertMessage(connection, message, numbers, sender.owner, now);
          connection.prepare(COUNT_OUTGOING_SQL).run(bot_id, toUtcDay(now));
          return { commit: true, result: { id, owner: sender.owner, in_table: sender.in_table } };
        });
        if (done !== null) return done;
        if (attempt === 3)
          throw new BotloomError(
            'STORAGE_UNAVAILABLE',
            'The rows of an instance that is gone could not be taken over just now.',
            { retryAfter: 1 },
          );
        await instances.takeOver(owner);
      }
    },

    async load(owner, after, limit) {
      await connection.acquire();
      try {
        const { position, id } = after ?? { position: -1, id: -1 };
        const rows = connection
          .prepareRaw(LOAD_OUTBOX_SQL)
          .all(owner, position, limit, owner, position, id, limit, limit);
        // The columns are those of the statement.
        return (rows as OutboxColumns[]).map((row): OutboxItem => toOutboxItem(row));
      } finally {
        connection.release();
      }
    },

    async recordOutcomes(owner, outcomes) {
      if (outcomes.length > 0) await pendingOutcomes.add(owner, outcomes);
    },

    async markAttempted(owner, id, is_attempted) {
      await inSqliteTransaction(connection, () => {
        connection
          .prepare('update botloom_message set is_attempted = ? where id = ? and owner = ?')
          .run(is_attempted ? 1 : 0, id, owner);
        return { commit: true, result: undefined };
      });
    },

    async findPrevious(id) {
      await connection.acquire();
      try {
        const row = connection.prepareRaw(FIND_PREVIOUS_SQL).get(id);
        // The column is that of the statement.
        return (row as [number] | undefined)?.[0] ?? null;
      } finally {
        connection.release();
      }
    },

    async failBlocked(bot_id, chat_id, reason) {
      await inSqliteTransaction(connection, () => {
        connection
          .prepare('update botloom_bot_user set is_blocked = 1, is_active = 0 where bot_id = ? and chat_id = ?')
          .run(bot_id, chat_id);
        failMessagesOfChat(connection, bot_id, chat_id, reason);
        connection
          .prepare(`delete from botloom_outgoing_call where chat_id = ? and bot_id = ${BOT_NUMBER}`)
          .run(chat_id, bot_id);
        return { commit: true, result: undefined };
      });
    },

    async moveChat(bot_id, from_chat_id, to_chat_id) {
      await inSqliteTransaction(connection, () => {
        moveQueuedRows(connection, bot_id, from_chat_id, to_chat_id);
        return { commit: true, result: undefined };
      });
    },

    async backlogOfChat(bot_id, chat_id, most) {
      await connection.acquire();
      try {
        const row = connection
          .prepareRaw(
            `select count(*) from (select 1 from botloom_message where owner is not null and chat_id = ? and bot_id = ${BOT_NUMBER} limit ?)`,
          )
          .get(chat_id, bot_id, most);
        return (row as [number])[0];
      } finally {
        connection.release();
      }
    },

    async backlog(owner) {
      await connection.acquire();
      try {
        const row = connection
          .prepareRaw(
            'select (select count(*) from botloom_message where owner = ?) + (select count(*) from botloom_outgoing_call where owner = ?)',
          )
          .get(owner, owner);
        return (row as [number])[0];
      } finally {
        connection.release();
      }
    },
  };
}
