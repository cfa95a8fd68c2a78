import type { StorageFactory } from './storage/index.ts';
import { createSqliteStorage } from './storage/kysely/sqlite/sqlite-storage.ts';

export interface SqliteOptions {
  /**
   * Path of the database file, `:memory:`, or a better-sqlite3 handle. Of a handle, only the file name is used: Botloom
   * opens a separate connection, so that its rollbacks do not affect your work.
   */
  readonly file: string | { readonly name: string };
  /**
   * Maximum time to wait while another process writes to the file, in milliseconds. The event loop is blocked while it
   * waits. Default 2,000.
   */
  readonly busyTimeout?: number;
}

/**
 * Stores all data in one SQLite file (WAL, `synchronous=FULL`). For one process. Requires the package `better-sqlite3`.
 *
 * @example
 * const botloom = createBotloom({
 *   storage: sqlite({ file: './data/botloom.db' }),
 *   secrets: process.env.BOTLOOM_SECRET,
 * });
 */
export function sqlite(options: SqliteOptions): StorageFactory {
  const file = typeof options.file === 'string' ? options.file : options.file.name;
  return (context) => createSqliteStorage({ file, busyTimeout: options.busyTimeout ?? 2_000 }, context);
}
