import Database, { type Database as SqliteDatabase, type Statement } from 'better-sqlite3';

export interface SqliteConnectionOptions {
  /** Path of the database file, or `:memory:`. */
  readonly file: string;
  /** Milliseconds to wait for another process's write; the event loop stands still meanwhile. */
  readonly busyTimeout: number;
}

const MAX_DYNAMIC_STATEMENTS = 200;

/**
 * The one connection to a SQLite file: who uses it holds it (`acquire`), because a transaction is the connection's.
 * Statements are prepared once.
 */
export class SqliteConnection {
  readonly #options: SqliteConnectionOptions;
  readonly #statements = new Map<string, Statement>();
  readonly #rawStatements = new Map<string, Statement>();
  readonly #dynamicStatements = new Map<string, Statement>();
  #database: SqliteDatabase | null = null;
  #isHeld = false;
  readonly #waiting: (() => void)[] = [];
  #isClosed = false;

  constructor(options: SqliteConnectionOptions) {
    this.#options = options;
  }

  /** Resolves when the connection is the caller's, who must `release` it. First come, first served. */
  async acquire(): Promise<void> {
    if (this.#isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#isHeld = true;
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isHeld = false;
    else next();
  }

  /** The hot path's statements: their number is fixed, and they are never dropped. */
  prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }

  /** As `prepare`; rows come as arrays, which cost less than objects. */
  prepareRaw(sql: string): Statement {
    let statement = this.#rawStatements.get(sql);
    if (statement === undefined) this.#rawStatements.set(sql, (statement = this.database.prepare(sql).raw()));
    return statement;
  }

  /** Statements that are put together at run time: the least recently used are dropped. */
  prepareDynamic(sql: string): Statement {
    const statement = this.#dynamicStatements.get(sql) ?? this.database.prepare(sql);
    this.#dynamicStatements.delete(sql);
    this.#dynamicStatements.set(sql, statement);
    if (this.#dynamicStatements.size > MAX_DYNAMIC_STATEMENTS) {
      const oldest = this.#dynamicStatements.keys().next();
      if (oldest.done !== true) this.#dynamicStatements.delete(oldest.value);
    }
    return statement;
  }

  /** Opened at the first use, so that making a storage touches nothing. */
  get database(): SqliteDatabase {
    if (this.#isClosed) throw new Error('The storage is closed.');
    return (this.#database ??= open(this.#options));
  }

  /** Once nobody holds it. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.acquire();
    this.#isClosed = true;
    for (const statements of [this.#statements, this.#rawStatements, this.#dynamicStatements]) statements.clear();
    this.#database?.close();
    this.#database = null;
    this.release();
  }
}

function open({ file, busyTimeout }: SqliteConnectionOptions): SqliteDatabase {
  const database = new Database(file, { timeout: busyTimeout });
  database.pragma('journal_mode = WAL');
  // An acknowledged update is on the disk: NORMAL loses the last commits when the power goes.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // 16 MiB of pages in memory; the default of 2 MiB makes every batch read its indexes anew once there are some 100,000 rows.
  database.pragma('cache_size = -16384');
  // A batch changes pages all over the indexes, and the next one many of the same: rarer checkpoints write each page once for several batches.
  database.pragma('wal_autocheckpoint = 4000');
  database.pragma('temp_store = MEMORY');
  return database;
}
