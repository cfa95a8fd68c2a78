import { BotloomError } from '../../../errors/index.ts';
import type { InstanceStore, UpdateStore } from '../../storage.ts';
import type { BatchDecision, BatchInput, BatchOutcome, LockedBatch } from '../../update-batch.ts';
import { findSenders, noteSteps } from './chat-senders.ts';
import type { HotStatements } from './hot-statements.ts';
import { lockStep, makeSessionsStep, readLocked, readSession } from './lock-batch.ts';
import type { PostgresConnections } from './postgres-connections.ts';
import { isRetriable, translatePostgresBatchError } from './postgres-errors.ts';
import { planWrites } from './write-batch.ts';

export interface PostgresHotPath {
  readonly connections: PostgresConnections;
  readonly statements: HotStatements;
  /** Of LISTEN/NOTIFY. */
  readonly channel: string;
}

const ROLLED_BACK: BatchOutcome = { kind: 'rolled_back', messages: [], calls: [] };

/** How often a batch is begun anew: for a deadlock or serialization failure, or because a dead instance has rows of one of its chats. */
const MAX_ATTEMPTS = 5;

/**
 * The hot path on PostgreSQL. A batch is two round trips: BEGIN with the statement that claims and locks, then every write with COMMIT.
 * A third one reads who has unsent rows, when another instance was a chat's last sender; another gets sessions that were made in the same moment.
 */
export function createPostgresUpdateStore(path: PostgresHotPath, instances: Pick<InstanceStore, 'takeOver'>): UpdateStore {
  return {
    async processBatch(owner, inputs, now, decide) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const outcome = await runBatch(path, owner, inputs, now, decide);
          if (outcome !== 'take_over_first') return outcome;
        } catch (error) {
          if (error instanceof DecideFailure) throw error.cause;
          if (attempt < MAX_ATTEMPTS && isRetriable(error)) continue;
          throw translatePostgresBatchError(error);
        }
        if (attempt === MAX_ATTEMPTS) throw new BotloomError('STORAGE_UNAVAILABLE', 'The rows of an instance that is gone could not be taken over just now.', { retryAfter: 1 });
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
): Promise<BatchOutcome | 'take_over_first'> {
  // Made before a connection is taken: values that cannot be written need none.
  const lock = lockStep(statements, inputs, now);
  return connections.transaction<BatchOutcome | 'take_over_first'>(async (transaction) => {
    const [rows = []] = await transaction.run(lock);
    const locked = readLocked(inputs, rows);
    if (locked.missing.length > 0) {
      const [made = []] = await transaction.run(makeSessionsStep(statements, locked.missing, now));
      for (const row of made) readSession(locked.sessions, locked.senders, row);
    }
    const decision = decideOrFail(decide, locked);
    if (decision.kind === 'rollback') return { last: null, result: () => ROLLED_BACK };
    const { writes } = decision;
    const outgoing = writes.messages.filter(({ send }) => send !== null);
    const senders = await findSenders(transaction, statements, owner, [...outgoing, ...writes.calls], locked.senders);
    if (senders === null) return { last: null, result: () => 'take_over_first' };
    const notes = noteSteps(statements, channel, owner, senders, now);
    const plan = planWrites(statements, writes, senders, locked.counts, now);
    return { last: [...notes, ...plan.steps], result: (results) => plan.outcome(results.slice(notes.length)) };
  });
}

/** What `decide` threw: it is neither translated nor a reason to run the batch again, whatever it looks like. */
class DecideFailure extends Error {
  constructor(cause: unknown) {
    super('decide failed', { cause });
    this.name = 'DecideFailure';
  }
}

function decideOrFail(decide: (locked: LockedBatch) => BatchDecision, locked: LockedBatch): BatchDecision {
  try {
    return decide(locked);
  } catch (error) {
    throw new DecideFailure(error);
  }
}
