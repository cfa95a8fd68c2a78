import type { SendOutcome } from '../../outbox-store.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { inSqliteTransaction } from './sqlite-transaction.ts';

interface PendingSettle {
  readonly owner: string;
  readonly outcomes: readonly SendOutcome[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Milliseconds that results of sends wait for a batch to go along with. */
const PATIENCE = 10;

const SENT = `update botloom_message set status = 'sent', telegram_message_id = ?, sent_at = ?, owner = null where id = ? and owner is not null`;
const FAILED = `update botloom_message set status = 'failed', failure = ?, owner = null where id = ? and owner = ?`;

/** Results of sends, which are written by the next batch's transaction: a commit costs the same with them and without. Alone when none comes soon. */
export class PendingSettles {
  readonly #connection: SqliteConnection;
  #pending: PendingSettle[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** Resolves when they are committed. */
  add(owner: string, outcomes: readonly SendOutcome[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ owner, outcomes, resolve, reject });
      this.#timer ??= setTimeout(() => void this.#writeAlone(), PATIENCE);
    });
  }

  /** Writes them in the caller's transaction; the caller says how it ended. */
  write(): { readonly committed: () => void; readonly rolledBack: () => void } {
    const taken = this.#pending;
    this.#pending = [];
    for (const { owner, outcomes } of taken) for (const outcome of outcomes) settleOne(this.#connection, owner, outcome);
    return {
      committed: () => {
        for (const { resolve } of taken) resolve();
      },
      rolledBack: () => {
        this.#pending = [...taken, ...this.#pending];
      },
    };
  }

  async #writeAlone(): Promise<void> {
    this.#timer = null;
    if (this.#pending.length === 0) return;
    try {
      const written = await inSqliteTransaction(this.#connection, () => ({ commit: true, result: this.write() }));
      written.committed();
    } catch (error) {
      // Whoever asked keeps the results and asks again.
      const failed = this.#pending;
      this.#pending = [];
      for (const { reject } of failed) reject(error);
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
