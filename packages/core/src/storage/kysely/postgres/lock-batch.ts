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
import { toJsonObject } from '../rows/values.ts';
import type { HotStatements } from './hot-statements.ts';
import type { LockedRows, UpsertRow } from './lock-batch-statements.ts';
import type { LockedSessions } from './lock-sessions-statements.ts';
import type { PipelineStep, TextRows } from './pipeline.ts';

/** A locked batch, with the data that only the writes need. */
export interface PostgresLockedBatch extends LockedBatch {
  /** The sender record of each locked row, by session ID. */
  readonly senders: Map<string, SenderRecord>;
  readonly sessions: Map<string, Session>;
  /** Per bot: claimed updates and new users. */
  readonly counts: ReadonlyMap<string, BotCount>;
  /** Sessions that another transaction has created in the meantime. Another statement locks them. */
  readonly missing: readonly SessionKey[];
}

export interface BotCount {
  requests: number;
  users: number;
}

/** A lock of a batch: the step to run, and the function that reads its rows. */
export interface BatchLock {
  readonly step: PipelineStep;
  readonly read: (rows: TextRows | undefined) => PostgresLockedBatch;
}

/** Prepares the statement that locks a batch. */
export function createBatchLock(statements: HotStatements, inputs: readonly BatchInput[], now: number): BatchLock {
  const claims = inputs.map(claimNumber);
  const withJobs = inputs.some(({ claim }) => claim.kind === 'job');
  const statement = withJobs ? statements.lockBatchWithJobs : statements.lockBatch;
  const step = statement.step({
    now,
    inputs: inputs.map(({ bot_id }, index) => ({ bot_id, claim: claims[index] ?? 0 })),
    users: mergeUserUpserts(inputs, claims),
    sessions: inputs.flatMap(({ sessions }, index) => sessions.map((key) => ({ key, claim: claims[index] ?? 0 }))),
    knownUsers: inputs.flatMap(({ bot_id, known_user }) =>
      known_user === undefined ? [] : [{ bot_id, chat_id: known_user }],
    ),
  });
  return { step, read: (rows) => toLockedBatch(inputs, statement.read(rows)) };
}

/** Adds sessions that another statement has locked. */
export function addLockedSessions(batch: LockedSessions, locked: LockedSessions): void {
  for (const [id, session] of locked.sessions) batch.sessions.set(id, session);
  for (const [id, sender] of locked.senders) batch.senders.set(id, sender);
}

function toLockedBatch(inputs: readonly BatchInput[], rows: LockedRows): PostgresLockedBatch {
  const { claims, bots, users } = rows;
  const { sessions, senders } = rows.sessions;
  // If an update is in the batch twice, the first one is the claimed one.
  const claimed = inputs.map((input) => claims.delete(`${input.bot_id}:${claimNumber(input)}`));
  const counts = new Map<string, BotCount>();
  const missing = new Map<string, SessionKey>();
  for (const [index, input] of inputs.entries()) {
    if (claimed[index] !== true) continue;
    const count = counts.get(input.bot_id) ?? { requests: 0, users: 0 };
    counts.set(input.bot_id, count);
    if (input.claim.kind === 'update') count.requests += 1;
    if (bots.get(input.bot_id)?.is_active !== true) continue;
    if (input.user !== null) addUpsertedUser(users, count, input.bot_id, input.user, rows.upserts);
    for (const key of input.sessions) if (!sessions.has(sessionId(key))) missing.set(sessionId(key), key);
  }
  return { claimed, users, sessions, bots, senders, counts, missing: [...missing.values()] };
}

/** Returns the number that claims an input. Updates are positive and jobs negative, so that one column holds both. */
function claimNumber({ claim }: BatchInput): number {
  if (claim.kind === 'job') return -claim.job_id;
  if (!Number.isSafeInteger(claim.update_id) || claim.update_id < 0)
    throw new BatchDataError(`${claim.update_id} is not a valid update ID.`);
  return claim.update_id;
}

/**
 * Returns the data of the users in the batch. The last claimed update of a user counts. Values that it does not contain
 * (phone, blocked) come from the updates before it.
 */
function mergeUserUpserts(inputs: readonly BatchInput[], claims: readonly number[]): readonly UpsertRow[] {
  const rows: UpsertRow[] = [];
  const latest = new Map<string, UserUpsert>();
  for (const [index, { bot_id, user }] of inputs.entries()) {
    if (user === null) continue;
    const key = userId(bot_id, user.chat_id);
    const before = latest.get(key);
    const merged =
      before === undefined
        ? user
        : { ...user, phone: user.phone ?? before.phone, is_blocked: user.is_blocked ?? before.is_blocked };
    latest.set(key, merged);
    rows.push({ bot_id, claim: claims[index] ?? 0, user: merged });
  }
  return rows;
}

/** Adds a user with the data of the update. Replaces one that was only read, because the update is newer. */
function addUpsertedUser(
  users: Map<string, BatchUser>,
  count: BotCount,
  bot_id: string,
  { chat_id, username, first_name, last_name, language }: UserUpsert,
  upserts: LockedRows['upserts'],
): void {
  const key = userId(bot_id, chat_id);
  const stored = upserts.get(key);
  if (stored === undefined) return;
  const { id, phone, tags, attributes, is_new, profile_read_at } = stored;
  if (is_new && !users.has(key)) count.users += 1;
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
