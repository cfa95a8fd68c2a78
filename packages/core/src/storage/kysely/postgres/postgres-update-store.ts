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
import { addLockedSessions, createBatchLock, type PostgresLockedBatch } from './lock-batch.ts';
import type { PostgresConnections, PostgresTransaction } from './postgres-connections.ts';
import { isRetriable, translatePostgresBatchError } from './postgres-errors.ts';
import { planWrites } from './write-batch.ts';

export interface PostgresHotPath {
  readonly connections: PostgresConnections;
  readonly statements: HotStatements;
  /** Channel of LISTEN/NOTIFY. */
  readonly channel: string;
}

const ROLLED_BACK: BatchOutcome = { kind: 'rolled_back', messages: [], calls: [] };

/**
 * Number of attempts to process a batch. It is repeated after a deadlock or serialization failure, when an expired
 * instance has rows of one of its chats, or when another transaction has locked a chat that it writes to.
 */
const MAX_ATTEMPTS = 5;

/**
 * Creates the hot path on PostgreSQL. A batch needs two round trips: BEGIN with the statement that claims and locks,
 * then all writes with COMMIT. Three situations need one more each: the batch writes to other chats, which are locked;
 * another instance was the last sender of a chat, so the owners of unsent rows are read; or another transaction has
 * created sessions at the same moment.
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
            'The chats of the batch are locked by other transactions. Try again later.',
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
  // Before a connection is acquired: a batch with invalid values does not need one.
  const lock = createBatchLock(statements, inputs, now);
  return connections.transaction<BatchOutcome | BatchRetry>(async (transaction) => {
    const [rows] = await transaction.run(lock.step);
    const locked = lock.read(rows);
    if (locked.missing.length > 0) {
      const [createdRows] = await transaction.run(statements.makeSessions.step(locked.missing, now));
      addLockedSessions(locked, statements.makeSessions.read(createdRows));
    }
    const decision = runDecide(decide, locked);
    if (decision.kind === 'rollback') return { last: null, result: () => ROLLED_BACK };
    const { writes } = decision;
    const outgoing = writes.messages.filter(({ send }) => send !== null);
    const lock_first = await lockAdditionalChats(transaction, statements, [...outgoing, ...writes.calls], locked, now);
    if (lock_first.length > 0) return { last: null, result: () => ({ lock_first }) };
    const senders = await findSenders(transaction, statements, owner, [...outgoing, ...writes.calls], locked.senders);
    if (senders === null) return { last: null, result: () => RETRY_AFTER_TAKEOVER };
    const records = senderRecordSteps(statements, channel, owner, senders, now);
    const plan = planWrites(statements, writes, senders, locked.counts, now);
    return { last: [...records, ...plan.steps], result: (results) => plan.outcome(results.slice(records.length)) };
  });
}

/**
 * Locks chats that the batch writes to, but that none of its inputs belongs to. It does not wait, because another
 * transaction that has locked one could wait for a chat of this batch.
 *
 * @returns the chats that another transaction has locked. The batch is started again and locks them in order with the
 *   others, so that it can wait for them.
 */
async function lockAdditionalChats(
  transaction: PostgresTransaction,
  statements: HotStatements,
  rows: readonly { readonly bot_id: string; readonly chat_id: number | null }[],
  locked: PostgresLockedBatch,
  now: number,
): Promise<readonly SessionKey[]> {
  const additional = new Map<string, SessionKey>();
  for (const { bot_id, chat_id } of rows) {
    if (chat_id === null) continue;
    const key = chatKeyOf(bot_id, chat_id);
    if (!locked.senders.has(sessionId(key))) additional.set(sessionId(key), key);
  }
  if (additional.size === 0) return [];
  const [lockedRows] = await transaction.run(statements.tryLockChats.step([...additional.values()], now));
  addLockedSessions(locked, statements.tryLockChats.read(lockedRows));
  return [...additional].flatMap(([id, key]) => (locked.senders.has(id) ? [] : [key]));
}

/**
 * Returns the batch with more chats to lock. They are added to every input of their bot, because some inputs may be
 * claimed by another instance.
 */
function withAdditionalLocks(inputs: readonly BatchInput[], chats: readonly SessionKey[]): readonly BatchInput[] {
  return inputs.map((input) => ({
    ...input,
    sessions: [...input.sessions, ...chats.filter(({ bot_id }) => bot_id === input.bot_id)],
  }));
}

/**
 * The batch must be started again: with these chats locked, or after the rows of an expired instance are taken over.
 */
interface BatchRetry {
  readonly lock_first: readonly SessionKey[];
}

const RETRY_AFTER_TAKEOVER: BatchRetry = { lock_first: [] };

/** An error that `decide` threw. It is passed on without translation, and the batch is not repeated. */
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
