import type { SqliteConnection } from './sqlite-connection.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/**
 * A write transaction within one turn of the event loop: nobody can come between, and an error rolls back.
 *
 * @param work gives its result and whether to commit
 * @param translate what is raised for an error of the database
 */
export async function inSqliteTransaction<Result>(
  connection: SqliteConnection,
  work: () => { readonly commit: boolean; readonly result: Result },
  translate: (error: unknown) => unknown = translateSqliteError,
): Promise<Result> {
  await connection.acquire();
  try {
    connection.prepare('begin immediate').run();
    const { commit, result } = work();
    connection.prepare(commit ? 'commit' : 'rollback').run();
    return result;
  } catch (error) {
    rollBack(connection);
    throw translate(error);
  } finally {
    connection.release();
  }
}

function rollBack(connection: SqliteConnection): void {
  try {
    if (connection.database.inTransaction) connection.prepare('rollback').run();
  } catch {
    // Closed, or rolled back by SQLite itself: the first error says why.
  }
}
