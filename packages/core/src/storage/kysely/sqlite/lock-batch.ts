import { randomUUID } from 'node:crypto';
import type { Session } from '../../../engine/index.ts';
import {
  sessionId,
  userId,
  type BatchInput,
  type BatchUser,
  type LockedBatch,
  type SessionKey,
  type UserUpsert,
} from '../../update-batch.ts';
import type { SenderRecord } from '../chat-sender.ts';
import { NO_TAGS, toTags } from '../rows/user-row.ts';
import { foldCase, foldCaseOrNull, toJsonObject, toUtcHour } from '../rows/values.ts';
import type { RowNumbers } from './row-numbers.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** What was locked, and what the writes need to know besides. */
export interface SqliteLockedBatch extends LockedBatch {
  /** Per session whose row exists: what it says about who sends. */
  readonly senders: ReadonlyMap<string, SenderRecord>;
  /** Of the bots and the people. */
  readonly numbers: RowNumbers;
  /** Per bot: claimed updates and new people. */
  readonly counts: ReadonlyMap<string, BotCount>;
}

export interface BotCount {
  requests: number;
  users: number;
}

/** Claims, and reads or makes what the batch is about. The whole database is ours: nothing else needs locking. */
export function lockBatch(connection: SqliteConnection, inputs: readonly BatchInput[], now: number): SqliteLockedBatch {
  const numbers = new Map<string, number>();
  const bots = readBots(connection, numbers, inputs);
  const claimed: boolean[] = [];
  const users = new Map<string, BatchUser>();
  const sessions = new Map<string, Session>();
  const senders = new Map<string, SenderRecord>();
  const counts = new Map<string, BotCount>();
  for (const input of inputs) {
    const bot = bots.get(input.bot_id);
    const isClaimed =
      bot !== undefined && (bot.is_active || input.claim.kind === 'update') && claimInput(connection, input, now);
    claimed.push(isClaimed);
    if (!isClaimed) continue;
    const count = countOf(counts, input);
    if (!bot.is_active) continue;
    if (input.user !== null) upsertUser(connection, users, numbers, count, input.bot_id, input.user, now);
    if (input.known_user !== undefined) readUser(connection, users, numbers, input.bot_id, input.known_user);
    for (const key of input.sessions) readSession(connection, sessions, senders, key);
  }
  return { claimed, users, sessions, bots, senders, numbers, counts };
}

function readBots(
  connection: SqliteConnection,
  numbers: Map<string, number>,
  inputs: readonly BatchInput[],
): Map<string, { readonly revision: number; readonly is_active: boolean }> {
  const statement = connection.prepareRaw(
    'select number, revision, is_active from botloom_bot where id = ? and deleted_at is null',
  );
  const bots = new Map<string, { readonly revision: number; readonly is_active: boolean }>();
  const missing = new Set<string>();
  for (const { bot_id } of inputs) {
    if (bots.has(bot_id) || missing.has(bot_id)) continue;
    // The columns are those of the statement.
    const row = statement.get(bot_id) as [number, number, number] | undefined;
    if (row === undefined) {
      missing.add(bot_id);
      continue;
    }
    const [number, revision, is_active] = row;
    numbers.set(bot_id, number);
    bots.set(bot_id, { revision, is_active: is_active === 1 });
  }
  return bots;
}

function claimInput(connection: SqliteConnection, { bot_id, claim }: BatchInput, now: number): boolean {
  const { changes } =
    claim.kind === 'update'
      ? connection
          .prepare(
            'insert into botloom_seen_update (bot_id, update_id, seen_at) values (?, ?, ?) on conflict do nothing',
          )
          .run(bot_id, claim.update_id, now)
      : connection.prepare('delete from botloom_job where id = ?').run(claim.job_id);
  return changes === 1;
}

function countOf(counts: Map<string, BotCount>, { bot_id, claim }: BatchInput): BotCount {
  let count = counts.get(bot_id);
  if (count === undefined) counts.set(bot_id, (count = { requests: 0, users: 0 }));
  if (claim.kind === 'update') count.requests += 1;
  return count;
}

/** In the order of the columns below. */
type UserColumns = [
  number: number,
  id: string,
  username: string | null,
  first_name: string,
  last_name: string | null,
  language: string | null,
  phone: string | null,
  is_blocked: number | null,
  tags: string,
  attributes: string,
  profile_read_at: number | null,
  active_hour: number,
];

const FIND_USER_SQL = `select number, id, username, first_name, last_name, language, phone, is_blocked, tags, attributes, profile_read_at, active_hour
  from botloom_bot_user where bot_id = ? and chat_id = ?`;
// Which columns a statement names decides which indexes SQLite writes, whether their values change or not: most touches need none.
const UPDATE_LAST_INTERACTION_SQL =
  'update botloom_bot_user set last_interaction = max(last_interaction, ?) where number = ?';
const UPDATE_ACTIVE_HOUR_SQL =
  'update botloom_bot_user set last_interaction = max(last_interaction, ?), active_hour = max(active_hour, ?) where number = ?';
const UPDATE_USER_SQL = `update botloom_bot_user set username = ?, first_name = ?, last_name = ?, username_folded = ?, first_name_folded = ?, last_name_folded = ?,
  language = ?, phone = ?, is_blocked = ?, is_active = ?, last_interaction = max(last_interaction, ?), active_hour = max(active_hour, ?) where number = ?`;
const INSERT_USER_SQL = `insert into botloom_bot_user (id, bot_id, chat_id, username, first_name, last_name, username_folded, first_name_folded, last_name_folded,
  language, phone, is_blocked, is_active, first_interaction, last_interaction, active_hour) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function upsertUser(
  connection: SqliteConnection,
  users: Map<string, BatchUser>,
  numbers: Map<string, number>,
  count: BotCount,
  bot_id: string,
  upsert: UserUpsert,
  now: number,
): void {
  const { chat_id, username, first_name, last_name, language } = upsert;
  const key = userId(bot_id, chat_id);
  const row = connection.prepareRaw(FIND_USER_SQL).get(bot_id, chat_id) as UserColumns | undefined;
  const hour = toUtcHour(now);
  if (row === undefined) {
    const id = randomUUID();
    const is_blocked = upsert.is_blocked === null ? null : Number(upsert.is_blocked);
    const { lastInsertRowid } = connection
      .prepare(INSERT_USER_SQL)
      .run(
        id,
        bot_id,
        chat_id,
        username,
        first_name,
        last_name,
        foldCaseOrNull(username),
        foldCase(first_name),
        foldCaseOrNull(last_name),
        language,
        upsert.phone,
        is_blocked,
        is_blocked === 1 ? 0 : 1,
        now,
        now,
        hour,
      );
    numbers.set(id, Number(lastInsertRowid));
    users.set(key, {
      id,
      bot_id,
      chat_id,
      username,
      first_name,
      last_name,
      language,
      phone: upsert.phone,
      tags: NO_TAGS,
      attributes: {},
      is_new: true,
      profile_read_at: null,
    });
    count.users += 1;
    return;
  }
  const [
    number,
    id,
    oldUsername,
    oldFirstName,
    oldLastName,
    oldLanguage,
    oldPhone,
    oldBlocked,
    tags,
    attributes,
    profile_read_at,
    activeHour,
  ] = row;
  const phone = upsert.phone ?? oldPhone;
  const blocked = upsert.is_blocked === null ? oldBlocked : Number(upsert.is_blocked);
  if (
    username !== oldUsername ||
    first_name !== oldFirstName ||
    last_name !== oldLastName ||
    language !== oldLanguage ||
    phone !== oldPhone ||
    blocked !== oldBlocked
  ) {
    connection
      .prepare(UPDATE_USER_SQL)
      .run(
        username,
        first_name,
        last_name,
        foldCaseOrNull(username),
        foldCase(first_name),
        foldCaseOrNull(last_name),
        language,
        phone,
        blocked,
        blocked === 1 ? 0 : 1,
        now,
        hour,
        number,
      );
  } else if (hour > activeHour) {
    connection.prepare(UPDATE_ACTIVE_HOUR_SQL).run(now, hour, number);
  } else {
    connection.prepare(UPDATE_LAST_INTERACTION_SQL).run(now, number);
  }
  const is_new = users.get(key)?.is_new ?? false;
  numbers.set(id, number);
  users.set(key, {
    id,
    bot_id,
    chat_id,
    username,
    first_name,
    last_name,
    language,
    phone,
    tags: toTags(tags),
    attributes: attributes === '{}' ? {} : toJsonObject(attributes),
    is_new,
    profile_read_at,
  });
}

function readUser(
  connection: SqliteConnection,
  users: Map<string, BatchUser>,
  numbers: Map<string, number>,
  bot_id: string,
  chat_id: number,
): void {
  const key = userId(bot_id, chat_id);
  if (users.has(key)) return;
  const row = connection.prepareRaw(FIND_USER_SQL).get(bot_id, chat_id) as UserColumns | undefined;
  if (row === undefined) return;
  const [number, id, username, first_name, last_name, language, phone, , tags, attributes, profile_read_at] = row;
  numbers.set(id, number);
  users.set(key, {
    id,
    bot_id,
    chat_id,
    username,
    first_name,
    last_name,
    language,
    phone,
    tags: toTags(tags),
    attributes: toJsonObject(attributes),
    is_new: false,
    profile_read_at,
  });
}

function readSession(
  connection: SqliteConnection,
  sessions: Map<string, Session>,
  senders: Map<string, SenderRecord>,
  key: SessionKey,
): void {
  const id = sessionId(key);
  if (sessions.has(id)) return;
  const row = connection
    .prepareRaw(
      'select flow_version_id, step_id, state, sender, is_given from botloom_session where bot_id = ? and chat_id = ? and thread_id = ? and user_id = ?',
    )
    .get(key.bot_id, key.chat_id, key.thread_id, key.user_id) as
    [number | null, string | null, string, string | null, number] | undefined;
  if (row === undefined) {
    sessions.set(id, { flow_version_id: null, step_id: null, state: {} });
    return;
  }
  const [flow_version_id, step_id, state, sender, is_given] = row;
  sessions.set(id, { flow_version_id, step_id, state: state === '{}' ? {} : toJsonObject(state) });
  senders.set(id, { sender, is_given: is_given === 1 });
}
