import type { StorageFactory } from './storage/index.ts';
import { createSqliteStorage } from './storage/kysely/sqlite/sqlite-storage.ts';

export interface SqliteOptions {
  /**
   * Path of the database file, `:memory:`, or a better-sqlite3 handle, of which only the file is used: Botloom opens a connection of
   * its own, so that nothing of yours is undone when it rolls back.
   */
  readonly file: string | { readonly name: string };
  /** Milliseconds to wait while another process writes to the file; the event loop stands still meanwhile. Default 2,000. */
  readonly busyTimeout?: number;
}

/**
 * Keeps everything in one SQLite file (WAL, `synchronous=FULL`). For one process; needs the package `better-sqlite3`.
 *
 * @example
 * const botloom = createBotloom({ storage: sqlite({ file: './data/botloom.db' }), secrets: process.env.BOTLOOM_SECRET });
 */
export function sqlite(options: SqliteOptions): StorageFactory {
  const file = typeof options.file === 'string' ? options.file : options.file.name;
  return (context) => createSqliteStorage({ file, busyTimeout: options.busyTimeout ?? 2_000 }, context);
}
