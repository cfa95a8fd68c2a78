import type { SendOutcome } from '../../outbox-store.ts';
import { failMessage } from './fail-messages.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { translateSqliteBatchError } from './sqlite-errors.ts';
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

const NOTHING: JoinedSettles = { committed: () => undefined, rolledBack: () => undefined };

const SENT = `update botloom_message set status = 'sent', telegram_message_id = ?, sent_at = ?, owner = null where id = ? and owner is not null`;

/** Results of sends, which are written by the next batch's transaction: a commit costs the same with them and without. Alone when none comes soon. */
export class PendingSettles {
  readonly #connection: SqliteConnection;
  #pending: PendingSettle[] = [];
  #isScheduled = false;
  /** The database did not take all that waits: no batch takes it along any more. */
  #isRefused = false;

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

  /** Writes what waits, in the caller's transaction, which does not suffer from what the database refuses of it. The caller says how that ended. */
  join(): JoinedSettles {
    const taken = this.#isRefused ? [] : this.#pending;
    if (taken.length === 0) return NOTHING;
    this.#pending = [];
    this.#connection.prepare('savepoint settles').run();
    try {
      for (const settle of taken) this.#writeOne(settle);
    } catch {
      // Written alone, it fails whoever asked for it, and nobody else. First of all, for SQLite may have ended the transaction, and the savepoint with it.
      this.#isRefused = true;
      this.#putBack(taken);
      this.#connection.prepare('rollback to settles').run();
      this.#connection.prepare('release settles').run();
      return NOTHING;
    }
    this.#connection.prepare('release settles').run();
    return {
      committed: () => {
        for (const { resolve } of taken) resolve();
      },
      rolledBack: () => {
        this.#putBack(taken);
      },
    };
  }

  #writeOne({ owner, outcomes }: PendingSettle): void {
    for (const outcome of outcomes) settleOne(this.#connection, owner, outcome);
  }

  #putBack(taken: readonly PendingSettle[]): void {
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
    this.#isRefused = false;
    const taken = this.#pending;
    this.#pending = [];
    for (const settle of taken) await this.#writeTransaction(settle);
  }

  async #writeTransaction(settle: PendingSettle): Promise<void> {
    const work = (): { readonly commit: true; readonly result: undefined } => {
      this.#writeOne(settle);
      return { commit: true, result: undefined };
    };
    try {
      await inSqliteTransaction(this.#connection, work, translateSqliteBatchError);
      settle.resolve();
    } catch (error) {
      // Whoever asked keeps the results and asks again.
      settle.reject(error);
    }
  }
}

/** That something was sent is a fact, whoever owns the row by now; that it failed is only said by its owner. */
function settleOne(connection: SqliteConnection, owner: string, outcome: SendOutcome): void {
  const { source, id } = outcome;
  if (source === 'call') connection.prepare('delete from botloom_outgoing_call where id = ?').run(id);
  else if (outcome.kind === 'sent') connection.prepare(SENT).run(outcome.telegram_message_id, outcome.at, id);
  else failMessage(connection, owner, id, outcome.reason);
}
