import { BotloomError } from '../../../errors/index.ts';
import type { InstanceStore, UpdateStore } from '../../storage.ts';
import { type BatchDecision, type BatchInput, type BatchOutcome, type LockedBatch } from '../../update-batch.ts';
import { findSenders } from './chat-senders.ts';
import { lockBatch } from './lock-batch.ts';
import type { JoinedOutcomes, PendingSendOutcomes } from './pending-send-outcomes.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { translateSqliteBatchError } from './sqlite-errors.ts';
import { inSqliteTransaction } from './sqlite-transaction.ts';
import { writeBatch } from './write-batch.ts';

const ROLLED_BACK: BatchOutcome = { kind: 'rolled_back', messages: [], calls: [] };

/** How often a batch is begun anew because a dead instance has rows of one of its chats. */
const MAX_TAKEOVERS = 3;

/** The hot path on SQLite: prepared statements in a loop, in one turn of the event loop. */
export function createSqliteUpdateStore(
  connection: SqliteConnection,
  pendingOutcomes: PendingSendOutcomes,
  instances: Pick<InstanceStore, 'takeOver'>,
): UpdateStore {
  return {
    async processBatch(owner, inputs, now, decide) {
      for (let attempt = 0; attempt <= MAX_TAKEOVERS; attempt += 1) {
        const outcome = await runWithPendingOutcomes(connection, pendingOutcomes, () =>
          runBatch(connection, owner, inputs, now, decide),
        );
        if (outcome !== 'take_over_first') return outcome;
        await instances.takeOver(owner);
      }
      throw new BotloomError(
        'STORAGE_UNAVAILABLE',
        'The rows of an instance that is gone could not be taken over just now.',
        { retryAfter: 1 },
      );
    },
  };
}

/** The batch's transaction, which results of sends go along with. */
async function runWithPendingOutcomes<Result>(
  connection: SqliteConnection,
  pendingOutcomes: PendingSendOutcomes,
  work: () => { readonly commit: boolean; readonly result: Result },
): Promise<Result> {
  let joined: JoinedOutcomes | null = null;
  try {
    const result = await inSqliteTransaction(connection, () => {
      const done = work();
      if (done.commit) joined = pendingOutcomes.join();
      return done;
    });
    // Assigned in the callback, which TypeScript does not follow.
    (joined as JoinedOutcomes | null)?.committed();
    return result;
  } catch (error) {
    (joined as JoinedOutcomes | null)?.rolledBack();
    throw error;
  }
}

function runBatch(
  connection: SqliteConnection,
  owner: string,
  inputs: readonly BatchInput[],
  now: number,
  decide: (locked: LockedBatch) => BatchDecision,
): { readonly commit: boolean; readonly result: BatchOutcome | 'take_over_first' } {
  const locked = translateErrors(() => lockBatch(connection, inputs, now));
  // Outside the translation: what `decide` throws passes through.
  const decision = decide(locked);
  if (decision.kind === 'rollback') return { commit: false, result: ROLLED_BACK };
  const { writes } = decision;
  return translateErrors(() => {
    const outgoing = writes.messages.filter(({ send }) => send !== null);
    const senders = findSenders(connection, owner, [...outgoing, ...writes.calls], locked.senders);
    if (senders === null) return { commit: false, result: 'take_over_first' };
    return { commit: true, result: writeBatch(connection, writes, senders, locked, now) };
  });
}

function translateErrors<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw translateSqliteBatchError(error);
  }
}
