import type { SendOutcome } from '../../outbox-store.ts';
import { failMessage } from './fail-messages.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { translateSqliteBatchError } from './sqlite-errors.ts';
import { inSqliteTransaction } from './sqlite-transaction.ts';

interface PendingEntry {
  readonly owner: string;
  readonly outcomes: readonly SendOutcome[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** How a transaction that results went along with has ended. */
export interface JoinedOutcomes {
  committed(): void;
  rolledBack(): void;
}

/** Milliseconds that results of sends wait for a batch to go along with: under load one comes every 10 or 20. */
const MAX_JOIN_DELAY_MS = 30;

const NOTHING_JOINED: JoinedOutcomes = { committed: () => undefined, rolledBack: () => undefined };

const MARK_SENT_SQL = `update botloom_message set status = 'sent', telegram_message_id = ?, sent_at = ?, owner = null where id = ? and owner is not null`;

/** Results of sends, which are written by the next batch's transaction: a commit costs the same with them and without. Alone when none comes soon. */
export class PendingSendOutcomes {
  readonly #connection: SqliteConnection;
  #pending: PendingEntry[] = [];
  #isScheduled = false;
  /** The database did not take all that waits: no batch takes it along any more. */
  #hasRejectedOutcome = false;

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
  join(): JoinedOutcomes {
    const taken = this.#hasRejectedOutcome ? [] : this.#pending;
    if (taken.length === 0) return NOTHING_JOINED;
    this.#pending = [];
    this.#connection.prepare('savepoint settles').run();
    try {
      for (const entry of taken) this.#writeEntry(entry);
    } catch {
      // Written alone, it fails whoever asked for it, and nobody else. First of all, for SQLite may have ended the transaction, and the savepoint with it.
      this.#hasRejectedOutcome = true;
      this.#requeue(taken);
      this.#connection.prepare('rollback to settles').run();
      this.#connection.prepare('release settles').run();
      return NOTHING_JOINED;
    }
    this.#connection.prepare('release settles').run();
    return {
      committed: () => {
        for (const { resolve } of taken) resolve();
      },
      rolledBack: () => {
        this.#requeue(taken);
      },
    };
  }

  #writeEntry({ owner, outcomes }: PendingEntry): void {
    for (const outcome of outcomes) writeOutcome(this.#connection, owner, outcome);
  }

  #requeue(taken: readonly PendingEntry[]): void {
    this.#pending = [...taken, ...this.#pending];
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => void this.#writeSeparately(), MAX_JOIN_DELAY_MS);
  }

  async #writeSeparately(): Promise<void> {
    this.#isScheduled = false;
    this.#hasRejectedOutcome = false;
    const taken = this.#pending;
    this.#pending = [];
    for (const entry of taken) await this.#writeTransaction(entry);
  }

  async #writeTransaction(entry: PendingEntry): Promise<void> {
    const work = (): { readonly commit: true; readonly result: undefined } => {
      this.#writeEntry(entry);
      return { commit: true, result: undefined };
    };
    try {
      await inSqliteTransaction(this.#connection, work, translateSqliteBatchError);
      entry.resolve();
    } catch (error) {
      // Whoever asked keeps the results and asks again.
      entry.reject(error);
    }
  }
}

/** That something was sent is a fact, whoever owns the row by now; that it failed is only said by its owner. */
function writeOutcome(connection: SqliteConnection, owner: string, outcome: SendOutcome): void {
  const { source, id } = outcome;
  if (source === 'call') connection.prepare('delete from botloom_outgoing_call where id = ?').run(id);
  else if (outcome.kind === 'sent') connection.prepare(MARK_SENT_SQL).run(outcome.telegram_message_id, outcome.at, id);
  else failMessage(connection, owner, id, outcome.reason);
}
