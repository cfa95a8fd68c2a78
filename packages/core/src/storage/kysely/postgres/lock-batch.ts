import type { Session } from '../../../engine/index.ts';
import { BatchDataError } from '../../storage.ts';
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
import { toTags } from '../rows/user-row.ts';
import { foldCase, foldCaseOrNull, toJsonObject, toUtcHour } from '../rows/values.ts';
import { plainArray, textArray } from './array-literal.ts';
import type { HotStatements } from './hot-statements.ts';
import type { PipelineStep, TextRows } from './pipeline.ts';

/** What was locked, and what the writes need to know besides. */
export interface PostgresLockedBatch extends LockedBatch {
  /** By session id: what the row says about who sends. */
  readonly senders: Map<string, SenderRecord>;
  readonly sessions: Map<string, Session>;
  /** Per bot: claimed updates and new people. */
  readonly counts: ReadonlyMap<string, { requests: number; users: number }>;
  /** Sessions that somebody else made in the meantime: to be had by another statement. */
  readonly missing: readonly SessionKey[];
}

/** The statement that locks a batch. */
export function lockStep(statements: HotStatements, inputs: readonly BatchInput[], now: number): PipelineStep {
  const claims = inputs.map(claimNumber);
  const people = mergeUserUpserts(inputs);
  const upserts = people.map(({ touch }) => touch);
  const sessions = inputs.flatMap((input, index) => input.sessions.map((key) => ({ key, claim: claims[index] ?? 0 })));
  const keys = sessions.map(({ key }) => key);
  const withJobs = inputs.some(({ claim }) => claim.kind === 'job');
  const known = withJobs
    ? inputs.flatMap(({ bot_id, known_user }) => (known_user === undefined ? [] : [{ bot_id, known_user }]))
    : [];
  return {
    statement: withJobs ? statements.lockBatchWithJobs : statements.lockBatch,
    values: [
      plainArray(inputs.map(({ bot_id }) => bot_id)),
      plainArray(claims),
      new Date(now).toISOString(),
      String(toUtcHour(now)),
      plainArray(people.map(({ bot_id }) => bot_id)),
      plainArray(people.map(({ index }) => claims[index] ?? 0)),
      plainArray(upserts.map(({ chat_id }) => chat_id)),
      textArray(upserts.map(({ username }) => username)),
      textArray(upserts.map(({ first_name }) => first_name)),
      textArray(upserts.map(({ last_name }) => last_name)),
      textArray(upserts.map(({ username }) => foldCaseOrNull(username))),
      textArray(upserts.map(({ first_name }) => foldCase(first_name))),
      textArray(upserts.map(({ last_name }) => foldCaseOrNull(last_name))),
      textArray(upserts.map(({ language }) => language)),
      textArray(upserts.map(({ phone }) => phone)),
      plainArray(upserts.map(({ is_blocked }) => is_blocked)),
      plainArray(keys.map(({ bot_id }) => bot_id)),
      plainArray(sessions.map(({ claim }) => claim)),
      plainArray(keys.map(({ chat_id }) => chat_id)),
      plainArray(keys.map(({ thread_id }) => thread_id)),
      plainArray(keys.map(({ user_id }) => user_id)),
      ...(withJobs
        ? [plainArray(known.map(({ bot_id }) => bot_id)), plainArray(known.map(({ known_user }) => known_user))]
        : []),
    ],
  };
}

/** Gets the sessions that `lockStep` could neither lock nor make. */
export function makeSessionsStep(statements: HotStatements, keys: readonly SessionKey[], now: number): PipelineStep {
  const columns = (['bot_id', 'chat_id', 'thread_id', 'user_id'] as const).map((column) =>
    plainArray(keys.map((key) => key[column])),
  );
  return { statement: statements.makeSessions, values: [...columns, new Date(now).toISOString()] };
}

/** Tries to get the rows of chats that are written to besides; see `tryLockChatsSql`. */
export function tryLockChatsStep(statements: HotStatements, keys: readonly SessionKey[], now: number): PipelineStep {
  return { ...makeSessionsStep(statements, keys, now), statement: statements.tryLockChats };
}

/** What the statement gave. */
export function parseLockedBatch(inputs: readonly BatchInput[], rows: TextRows): PostgresLockedBatch {
  const claims = new Set<string>();
  const bots = new Map<string, { readonly revision: number; readonly is_active: boolean }>();
  const people = new Map<string, TextRows[number]>();
  const users = new Map<string, BatchUser>();
  const sessions = new Map<string, Session>();
  const senders = new Map<string, SenderRecord>();
  for (const row of rows) {
    const [kind, bot_id = '', second = ''] = row;
    if (kind === 'c') claims.add(`${bot_id}:${second}`);
    else if (kind === 'b') bots.set(bot_id ?? '', { revision: Number(second), is_active: row[3] === 'true' });
    else if (kind === 'p') people.set(userId(bot_id ?? '', Number(second)), row);
    else if (kind === 'k') users.set(userId(bot_id ?? '', Number(second)), parseKnownUser(row));
    else parseSessionRow(sessions, senders, row);
  }
  // Of an update that is in the batch twice, the first is the claimed one.
  const claimed = inputs.map((input) => claims.delete(`${input.bot_id}:${claimNumber(input)}`));
  const counts = new Map<string, { requests: number; users: number }>();
  const missing = new Map<string, SessionKey>();
  for (const [index, input] of inputs.entries()) {
    if (claimed[index] !== true) continue;
    const count = counts.get(input.bot_id) ?? { requests: 0, users: 0 };
    counts.set(input.bot_id, count);
    if (input.claim.kind === 'update') count.requests += 1;
    if (bots.get(input.bot_id)?.is_active !== true) continue;
    if (input.user !== null) addUpsertedUser(users, count, input.bot_id, input.user, people);
    for (const key of input.sessions) if (!sessions.has(sessionId(key))) missing.set(sessionId(key), key);
  }
  return { claimed, users, sessions, bots, senders, counts, missing: [...missing.values()] };
}

/** A person who was read only; a touch in the same batch knows them better and takes their place. */
function parseKnownUser([, bot_id, chat_id, id, columns]: TextRows[number]): BatchUser {
  // As the statement makes it.
  const known = JSON.parse(columns ?? '{}') as Omit<BatchUser, 'id' | 'bot_id' | 'chat_id' | 'is_new'>;
  return { ...known, id: id ?? '', bot_id: bot_id ?? '', chat_id: Number(chat_id), is_new: false };
}

export function parseSessionRow(
  sessions: Map<string, Session>,
  senders: Map<string, SenderRecord>,
  row: TextRows[number],
): void {
  const [, bot_id, chat_id, thread_id, user_id, version, step_id = null, state, sender = null, is_given] = row;
  const id = `${bot_id ?? ''}:${chat_id ?? ''}:${thread_id ?? ''}:${user_id ?? ''}`;
  const flow_version_id = version === null || version === undefined ? null : Number(version);
  sessions.set(id, { flow_version_id, step_id, state: state === '{}' ? {} : toJsonObject(state ?? '{}') });
  senders.set(id, { sender, is_given: is_given === 'true' });
}

/** Updates count upwards, jobs downwards: one column claims both. */
function claimNumber({ claim }: BatchInput): number {
  if (claim.kind === 'job') return -claim.job_id;
  if (!Number.isSafeInteger(claim.update_id) || claim.update_id < 0)
    throw new BatchDataError(`${claim.update_id} is no update id.`);
  return claim.update_id;
}

interface ClaimedUpsert {
  readonly index: number;
  readonly bot_id: string;
  readonly touch: UserUpsert;
}

/** The last claimed one of a person counts; what it leaves unsaid (phone, blocked) it takes over from those before it. */
function mergeUserUpserts(inputs: readonly BatchInput[]): readonly ClaimedUpsert[] {
  const people: ClaimedUpsert[] = [];
  const latest = new Map<string, UserUpsert>();
  for (const [index, { bot_id, user }] of inputs.entries()) {
    if (user === null) continue;
    const key = userId(bot_id, user.chat_id);
    const before = latest.get(key);
    const touch =
      before === undefined
        ? user
        : { ...user, phone: user.phone ?? before.phone, is_blocked: user.is_blocked ?? before.is_blocked };
    latest.set(key, touch);
    people.push({ index, bot_id, touch });
  }
  return people;
}

function addUpsertedUser(
  users: Map<string, BatchUser>,
  count: { users: number },
  bot_id: string,
  { chat_id, username, first_name, last_name, language }: UserUpsert,
  people: ReadonlyMap<string, TextRows[number]>,
): void {
  const key = userId(bot_id, chat_id);
  const [, , , id, phone = null, attributes, read_at, is_new, tags] = people.get(key) ?? [];
  if (id === null || id === undefined) return;
  if (is_new === 'true' && !users.has(key)) count.users += 1;
  users.set(key, {
    id,
    bot_id,
    chat_id,
    username,
    first_name,
    last_name,
    language,
    phone,
    tags: toTags(tags ?? '[]'),
    attributes: attributes === '{}' ? {} : toJsonObject(attributes ?? '{}'),
    is_new: is_new === 'true',
    profile_read_at: read_at === null || read_at === undefined ? null : Number(read_at),
  });
}
