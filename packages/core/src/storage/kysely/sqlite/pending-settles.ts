import type { SendOutcome } from '../../outbox-store.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { inSqliteTransaction } from './sqlite-transaction.ts';

interface PendingSettle {
  readonly owner: string;
  readonly outcomes: readonly SendOutcome[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** How a transaction that results went along with has ended. */
export interface JoinedSettles {
  committed(): void;
  rolledBack(): void;
}

/** Milliseconds that results of sends wait for a batch to go along with: under load one comes every 10 or 20. */
const PATIENCE = 30;

const SENT = `update botloom_message set status = 'sent', telegram_message_id = ?, sent_at = ?, owner = null where id = ? and owner is not null`;
const FAILED = `update botloom_message set status = 'failed', failure = ?, owner = null where id = ? and owner = ?`;

/** Results of sends, which are written by the next batch's transaction: a commit costs the same with them and without. Alone when none comes soon. */
export class PendingSettles {
  readonly #connection: SqliteConnection;
  #pending: PendingSettle[] = [];
  #isScheduled = false;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** Resolves when they are committed. */
  add(owner: string, outcomes: readonly SendOutcome[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ owner, outcomes, resolve, reject });
      this.#schedule();
    });
  }

  /** Writes what waits, in the caller's transaction. The caller says how that ended. */
  join(): JoinedSettles {
    const taken = this.#pending;
    this.#pending = [];
    try {
      for (const settle of taken) this.#write(settle);
    } catch (error) {
      this.#putBack(taken);
      throw error;
    }
    return {
      committed: () => {
        for (const { resolve } of taken) resolve();
      },
      rolledBack: () => {
        this.#putBack(taken);
      },
    };
  }

  #write({ owner, outcomes }: PendingSettle): void {
    for (const outcome of outcomes) settleOne(this.#connection, owner, outcome);
  }

  #putBack(taken: readonly PendingSettle[]): void {
    if (taken.length === 0) return;
    this.#pending = [...taken, ...this.#pending];
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => void this.#writeAlone(), PATIENCE);
  }

  async #writeAlone(): Promise<void> {
    this.#isScheduled = false;
    const taken = this.#pending;
    this.#pending = [];
    if (taken.length === 0) return;
    try {
      await inSqliteTransaction(this.#connection, () => {
        for (const settle of taken) this.#write(settle);
        return { commit: true, result: undefined };
      });
      for (const { resolve } of taken) resolve();
    } catch (error) {
      // Whoever asked keeps the results and asks again.
      for (const { reject } of taken) reject(error);
    }
  }
}

/** That something was sent is a fact, whoever owns the row by now; that it failed is only said by its owner. */
function settleOne(connection: SqliteConnection, owner: string, outcome: SendOutcome): void {
  const { source, id } = outcome;
  if (source === 'call') connection.prepare('delete from botloom_outgoing_call where id = ?').run(id);
  else if (outcome.kind === 'sent') connection.prepare(SENT).run(outcome.telegram_message_id, outcome.at, id);
  else connection.prepare(FAILED).run(outcome.reason, id, owner);
}
