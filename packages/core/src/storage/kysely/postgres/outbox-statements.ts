import type { OutboxItem, SendOutcome } from '../../outbox-store.ts';
import { findPreviousSql } from '../find-previous-sql.ts';
import { toOutboxItem, type OutboxColumns } from '../rows/outbox-row.ts';
import { plainArray } from './array-literal.ts';
import { columns } from './columns.ts';
import { failMessagesSql } from './message-statements.ts';
import { readNothing, readNumber, statement } from './statement.ts';

type SentOutcome = Extract<SendOutcome, { readonly kind: 'sent' }>;
type FailedOutcome = Extract<SendOutcome, { readonly kind: 'failed' }>;

const SENT = columns<SentOutcome>({
  id: ['bigint', ({ id }) => id],
  telegram_message_id: ['bigint', ({ telegram_message_id }) => telegram_message_id],
  sent_at: ['float8', ({ at }) => at],
});

const FAILED = columns<FailedOutcome>({
  id: ['bigint', ({ id }) => id],
  reason: ['text', ({ reason }) => reason],
});

/** The statements of the outbox, for the tables of one schema. */
export function createOutboxStatements(prefix: string) {
  return { ...createOutcomeStatements(prefix), ...createChatStatements(prefix), ...createReadStatements(prefix) };
}

function createOutcomeStatements(prefix: string) {
  return {
    settleSent: statement({
      name: 'settle_sent',
      text: `
        update ${prefix}message m set
          status = 'sent', telegram_message_id = v.telegram_message_id, sent_at = to_timestamp(v.sent_at / 1000.0),
          owner = null
        from ${SENT.unnest(1)} v (${SENT.names})
        where m.id = v.id and m.owner is not null`,
      bind: (sent: readonly SentOutcome[]) => SENT.bind(sent),
      read: readNothing,
    }),
    settleFailed: statement({
      name: 'settle_failed',
      text: failMessagesSql(
        prefix,
        `update ${prefix}message m set status = 'failed', failure = v.reason, owner = null
         from ${FAILED.unnest(1)} v (${FAILED.names})
         where m.id = v.id and m.owner = $3`,
      ),
      bind: (failed: readonly FailedOutcome[], owner: string) => [...FAILED.bind(failed), owner],
      read: readNothing,
    }),
    settleCalls: statement({
      name: 'settle_calls',
      text: `delete from ${prefix}outgoing_call where id = any($1::bigint[])`,
      bind: (ids: readonly number[]) => [plainArray(ids)],
      read: readNothing,
    }),
    markAttempted: statement({
      name: 'mark_attempted',
      text: `update ${prefix}message set is_attempted = $3 where id = $1 and owner = $2`,
      bind: (id: number, owner: string, is_attempted: boolean) => [String(id), owner, String(is_attempted)],
      read: readNothing,
    }),
  };
}

function createChatStatements(prefix: string) {
  return {
    blockUser: statement({
      name: 'block_user',
      text: `update ${prefix}bot_user set is_blocked = true, is_active = false where bot_id = $1 and chat_id = $2`,
      bind: bindChat,
      read: readNothing,
    }),
    failChat: statement({
      name: 'fail_chat',
      text: failMessagesSql(
        prefix,
        `update ${prefix}message m set status = 'failed', failure = $3, owner = null
         where m.owner is not null and m.chat_id = $2 and m.bot_id = $1`,
      ),
      bind: (bot_id: string, chat_id: number, reason: string) => [bot_id, String(chat_id), reason],
      read: readNothing,
    }),
    dropCalls: statement({
      name: 'drop_calls',
      text: `delete from ${prefix}outgoing_call where chat_id = $2 and bot_id = $1`,
      bind: bindChat,
      read: readNothing,
    }),
    moveMessages: statement({
      name: 'move_messages',
      text: `update ${prefix}message set chat_id = $3 where owner is not null and chat_id = $2 and bot_id = $1`,
      bind: bindMove,
      read: readNothing,
    }),
    moveCalls: statement({
      name: 'move_calls',
      text: `update ${prefix}outgoing_call set chat_id = $3 where chat_id = $2 and bot_id = $1`,
      bind: bindMove,
      read: readNothing,
    }),
  };
}

function createReadStatements(prefix: string) {
  return {
    findPrevious: statement({
      name: 'find_previous',
      text: findPreviousSql(prefix, '$1'),
      bind: (id: number) => [String(id)],
      read: (rows): number | null => {
        const [id] = rows[0] ?? [];
        return id === undefined || id === null ? null : Number(id);
      },
    }),
    loadOutbox: statement({
      name: 'load_outbox',
      text: loadOutboxSql(prefix),
      bind: (owner: string, after: { readonly position: number; readonly id: number } | null, limit: number) => [
        owner,
        String(after?.position ?? -1),
        String(after?.id ?? -1),
        String(limit),
      ],
      // The columns are those of the statement.
      read: (rows): readonly OutboxItem[] => (rows as unknown as readonly OutboxColumns[]).map(toOutboxItem),
    }),
    backlog: statement({
      name: 'backlog',
      text: `
        select (select count(*) from ${prefix}message where owner = $1)
          + (select count(*) from ${prefix}outgoing_call where owner = $1)`,
      bind: (owner: string) => [owner],
      read: readNumber,
    }),
    backlogOfChat: statement({
      name: 'backlog_of_chat',
      text: `
        select count(*)
        from (
          select from ${prefix}message
          where owner is not null and chat_id = $2 and bot_id = $1
          limit $3) waiting`,
      bind: (bot_id: string, chat_id: number, maxRows: number) => [bot_id, String(chat_id), String(maxRows)],
      read: readNumber,
    }),
  };
}

function bindChat(bot_id: string, chat_id: number): string[] {
  return [bot_id, String(chat_id)];
}

function bindMove(bot_id: string, from_chat_id: number, to_chat_id: number): string[] {
  return [bot_id, String(from_chat_id), String(to_chat_id)];
}

/** The rows of an owner in order, after a position. Parameters: 1 owner · 2 position · 3 id · 4 limit. */
function loadOutboxSql(prefix: string): string {
  return `
    select * from (
      (select 'message' as source, m.id, m.id as position, m.bot_id, m.user_id, m.chat_id, m.thread_id, m.method,
         m.payload, m.delivery, (extract(epoch from m.expires_at) * 1000)::bigint, m.is_attempted::int
       from ${prefix}message m
       join ${prefix}bot b on b.id = m.bot_id and b.is_active and b.deleted_at is null
       where m.owner = $1 and m.id > $2
       order by m.id
       limit $4)
      union all
      (select 'call', c.id, c.position, c.bot_id, null, c.chat_id, 0, c.method,
         c.payload, 'at_least_once', (extract(epoch from c.expires_at) * 1000)::bigint, 0
       from ${prefix}outgoing_call c
       join ${prefix}bot b on b.id = c.bot_id and b.is_active and b.deleted_at is null
       where c.owner = $1 and (c.position, c.id) > ($2, $3)
       order by c.position, c.id
       limit $4)) o
    order by position, id
    limit $4`;
}
