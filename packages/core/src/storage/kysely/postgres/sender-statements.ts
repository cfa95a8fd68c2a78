import type { SessionKey } from '../../update-batch.ts';
import type { SenderRecord } from '../chat-sender.ts';
import { textArray } from './array-literal.ts';
import { columns } from './columns.ts';
import { readNothing, statement } from './statement.ts';

/** A sender record to store in a chat's row. */
export interface SenderRow {
  readonly key: SessionKey;
  readonly record: SenderRecord;
}

/** The owner of an unsent row of a chat. */
export interface UnsentRow {
  /** `bot_id:chat_id`. */
  readonly chat: string;
  readonly owner: string;
}

const SENDERS = columns<SenderRow>({
  bot_id: ['uuid', ({ key }) => key.bot_id],
  chat_id: ['bigint', ({ key }) => key.chat_id],
  user_id: ['bigint', ({ key }) => key.user_id],
  sender: ['text', ({ record }) => record.sender],
  is_given: ['boolean', ({ record }) => record.is_given],
});

const CHATS = columns<SessionKey>({
  bot_id: ['uuid', ({ bot_id }) => bot_id],
  chat_id: ['bigint', ({ chat_id }) => chat_id],
});

/** The statements that find and record the sender of each chat, for the tables of one schema. */
export function createSenderStatements(prefix: string) {
  return {
    noteSenders: statement({
      name: 'note_senders',
      text: `
        insert into ${prefix}session (bot_id, chat_id, thread_id, user_id, state, sender, is_given, updated_at)
        select v.bot_id, v.chat_id, 0, v.user_id, '{}', v.sender, v.is_given, $6::timestamptz
        from ${SENDERS.unnest(1)} v (${SENDERS.names})
        order by v.bot_id, v.chat_id, v.user_id
        on conflict (bot_id, chat_id, thread_id, user_id) do update set
          sender = excluded.sender, is_given = excluded.is_given`,
      bind: (rows: readonly SenderRow[], now: string) => [...SENDERS.bind(rows), now],
      read: readNothing,
    }),
    /** Locks the rows of live instances, and returns their IDs. */
    lockSenders: statement({
      name: 'lock_senders',
      text: `
        select id from ${prefix}instance
        where id = any($1::text[]) and lease_until > clock_timestamp()
        order by id
        for key share`,
      bind: (ids: Iterable<string>) => [textArray([...ids])],
      read: (rows): ReadonlySet<string> => new Set(rows.map(([id]) => id ?? '')),
    }),
    /** Returns the owners of unsent rows per chat, the one with the newest row last. */
    readUnsent: statement({
      name: 'read_unsent',
      text: `
        select k.bot_id, k.chat_id, o.owner
        from ${CHATS.unnest(1)} k (${CHATS.names})
        cross join lateral (
          select owner, max(position) as position
          from (
            select m.owner, m.id as position
            from ${prefix}message m
            where m.owner is not null and m.chat_id = k.chat_id and m.bot_id = k.bot_id
            union all
            select c.owner, c.position
            from ${prefix}outgoing_call c
            where c.chat_id = k.chat_id and c.bot_id = k.bot_id) u
          group by owner) o
        order by o.position`,
      bind: (keys: readonly SessionKey[]) => CHATS.bind(keys),
      read: (rows): readonly UnsentRow[] =>
        rows.map(([bot_id, chat_id, owner]) => ({ chat: `${bot_id ?? ''}:${chat_id ?? ''}`, owner: owner ?? '' })),
    }),
    /** Creates or locks the row of a chat, and returns its sender record. */
    lockChat: statement({
      name: 'lock_chat',
      text: `
        insert into ${prefix}session (bot_id, chat_id, thread_id, user_id, state, updated_at)
        values ($1, $2, 0, $3, '{}', $4)
        on conflict (bot_id, chat_id, thread_id, user_id) do update set updated_at = excluded.updated_at
        returning sender, is_given`,
      bind: ({ bot_id, chat_id, user_id }: SessionKey, now: string) => [bot_id, String(chat_id), String(user_id), now],
      read: (rows): SenderRecord => ({ sender: rows[0]?.[0] ?? null, is_given: rows[0]?.[1] === 't' }),
    }),
    /** Notifies instances that rows were handed to them. */
    notify: statement({
      name: 'notify',
      text: 'select pg_notify($1, id) from unnest($2::text[]) id',
      bind: (channel: string, owners: readonly string[]) => [channel, textArray(owners)],
      read: readNothing,
    }),
  };
}
