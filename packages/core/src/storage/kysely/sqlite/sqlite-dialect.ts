import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { SqliteConnection } from './sqlite-connection.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/**
 * Kysely on our one connection. Its own SQLite driver prepares every query anew and begins transactions deferred, which
 * fails at once (whatever the busy timeout) when another process writes between the first read and the first write.
 */
export function createSqliteDialect(connection: SqliteConnection): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function createDriver(connection: SqliteConnection): Driver {
  const kyselyConnection: DatabaseConnection = {
    executeQuery: async <Row>(query: CompiledQuery) => execute<Row>(connection, query),
    // eslint-disable-next-line require-yield -- the interface asks for a generator; nothing here streams
    async *streamQuery() {
      throw new Error('Streaming is not supported.');
    },
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      await connection.acquire();
      return kyselyConnection;
    },
    beginTransaction: async () => run(connection, 'begin immediate'),
    commitTransaction: async () => run(connection, 'commit'),
    rollbackTransaction: async () => {
      // SQLite has rolled back by itself after some errors (disk full).
      if (connection.database.inTransaction) run(connection, 'rollback');
    },
    releaseConnection: async () => connection.release(),
    destroy: async () => connection.close(),
  };
}

function run(connection: SqliteConnection, sql: string): void {
  try {
    connection.prepare(sql).run();
  } catch (error) {
    throw translateSqliteError(error);
  }
}

function execute<Row>(connection: SqliteConnection, query: CompiledQuery): QueryResult<Row> {
  const parameters = query.parameters.map(toBindable);
  try {
    const statement = connection.prepareDynamic(query.sql);
    // What a row is is known to the query builder, not to the driver.
    if (statement.reader) return { rows: statement.all(...parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  } catch (error) {
    throw translateSqliteError(error);
  }
}

function toBindable(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}
