import { BotloomError } from '../../../errors/index.ts';
import type { InstanceStore, UpdateStore } from '../../storage.ts';
import {
  sessionId,
  type BatchDecision,
  type BatchInput,
  type BatchOutcome,
  type LockedBatch,
  type SessionKey,
} from '../../update-batch.ts';
import { chatKeyOf } from '../chat-sender.ts';
import { findSenders, senderRecordSteps } from './chat-senders.ts';
import type { HotStatements } from './hot-statements.ts';
import {
  lockStep,
  makeSessionsStep,
  parseLockedBatch,
  parseSessionRow,
  tryLockChatsStep,
  type PostgresLockedBatch,
} from './lock-batch.ts';
import type { PostgresConnections, PostgresTransaction } from './postgres-connections.ts';
import { isRetriable, translatePostgresBatchError } from './postgres-errors.ts';
import { planWrites } from './write-batch.ts';

export interface PostgresHotPath {
  readonly connections: PostgresConnections;
  readonly statements: HotStatements;
  /** Of LISTEN/NOTIFY. */
  readonly channel: string;
}

const ROLLED_BACK: BatchOutcome = { kind: 'rolled_back', messages: [], calls: [] };

/** How often a batch is begun anew: for a deadlock or serialization failure, or because a dead instance has rows of one of its chats, or somebody holds a chat that it writes to. */
const MAX_ATTEMPTS = 5;

/**
 * The hot path on PostgreSQL. A batch is two round trips: BEGIN with the statement that claims and locks, then every write with COMMIT.
 * Another one locks chats that are written to besides, a further one reads who has unsent rows, when another instance was a chat's last sender; one more gets sessions that were made in the same moment.
 */
export function createPostgresUpdateStore(
  path: PostgresHotPath,
  instances: Pick<InstanceStore, 'takeOver'>,
): UpdateStore {
  return {
    async processBatch(owner, inputs, now, decide) {
      let locked = inputs;
      for (let attempt = 1; ; attempt += 1) {
        try {
          const outcome = await runBatch(path, owner, locked, now, decide);
          if ('kind' in outcome) return outcome;
          if (outcome.lock_first.length > 0) {
            locked = withAdditionalLocks(locked, outcome.lock_first);
            if (attempt < MAX_ATTEMPTS) continue;
          }
        } catch (error) {
          if (error instanceof DecideError) throw error.cause;
          if (attempt < MAX_ATTEMPTS && isRetriable(error)) continue;
          throw translatePostgresBatchError(error);
        }
        if (attempt === MAX_ATTEMPTS)
          throw new BotloomError(
            'STORAGE_UNAVAILABLE',
            'The chats that the batch writes to could not be had just now.',
            { retryAfter: 1 },
          );
        await instances.takeOver(owner);
      }
    },
  };
}

function runBatch(
  { connections, statements, channel }: PostgresHotPath,
  owner: string,
  inputs: readonly BatchInput[],
  now: number,
  decide: (locked: LockedBatch) => BatchDecision,
): Promise<BatchOutcome | BatchRetry> {
  // Made before a connection is taken: values that cannot be written need none.
  const lock = lockStep(statements, inputs, now);
  return connections.transaction<BatchOutcome | BatchRetry>(async (transaction) => {
    const [rows = []] = await transaction.run(lock);
    const locked = parseLockedBatch(inputs, rows);
    if (locked.missing.length > 0) {
      const [createdRows = []] = await transaction.run(makeSessionsStep(statements, locked.missing, now));
      for (const row of createdRows) parseSessionRow(locked.sessions, locked.senders, row);
    }
    const decision = runDecide(decide, locked);
    if (decision.kind === 'rollback') return { last: null, result: () => ROLLED_BACK };
    const { writes } = decision;
    const outgoing = writes.messages.filter(({ send }) => send !== null);
    const lock_first = await lockAdditionalChats(transaction, statements, [...outgoing, ...writes.calls], locked, now);
    if (lock_first.length > 0) return { last: null, result: () => ({ lock_first }) };
    const senders = await findSenders(transaction, statements, owner, [...outgoing, ...writes.calls], locked.senders);
    if (senders === null) return { last: null, result: () => RETRY_AFTER_TAKEOVER };
    const notes = senderRecordSteps(statements, channel, owner, senders, now);
    const plan = planWrites(statements, writes, senders, locked.counts, now);
    return { last: [...notes, ...plan.steps], result: (results) => plan.outcome(results.slice(notes.length)) };
  });
}

/**
 * Locks chats that are written to although nothing of theirs is in the batch, without waiting: whoever holds one may wait for a chat that we hold.
 * Gives those that somebody holds; locked in order with the rest, by a batch that is begun anew, they can be waited for.
 */
async function lockAdditionalChats(
  transaction: PostgresTransaction,
  statements: HotStatements,
  rows: readonly { readonly bot_id: string; readonly chat_id: number | null }[],
  { senders, sessions }: PostgresLockedBatch,
  now: number,
): Promise<readonly SessionKey[]> {
  const additional = new Map<string, SessionKey>();
  for (const { bot_id, chat_id } of rows) {
    if (chat_id === null) continue;
    const key = chatKeyOf(bot_id, chat_id);
    if (!senders.has(sessionId(key))) additional.set(sessionId(key), key);
  }
  if (additional.size === 0) return [];
  const [lockedRows = []] = await transaction.run(tryLockChatsStep(statements, [...additional.values()], now));
  for (const row of lockedRows) parseSessionRow(sessions, senders, row);
  return [...additional].flatMap(([id, key]) => (senders.has(id) ? [] : [key]));
}

/** The batch with more chats to lock: with each input of their bot, since some of these may turn out to be claimed by others. */
function withAdditionalLocks(inputs: readonly BatchInput[], chats: readonly SessionKey[]): readonly BatchInput[] {
  return inputs.map((input) => ({
    ...input,
    sessions: [...input.sessions, ...chats.filter(({ bot_id }) => bot_id === input.bot_id)],
  }));
}

/** The batch must be begun anew: with these chats locked, or when the rows of an instance that is gone are taken over. */
interface BatchRetry {
  readonly lock_first: readonly SessionKey[];
}

const RETRY_AFTER_TAKEOVER: BatchRetry = { lock_first: [] };

/** What `decide` threw: it is neither translated nor a reason to run the batch again, whatever it looks like. */
class DecideError extends Error {
  constructor(cause: unknown) {
    super('decide failed', { cause });
    this.name = 'DecideFailure';
  }
}

function runDecide(decide: (locked: LockedBatch) => BatchDecision, locked: LockedBatch): BatchDecision {
  try {
    return decide(locked);
  } catch (error) {
    throw new DecideError(error);
  }
}
