import { createHash } from 'node:crypto';
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { PoolClient } from 'pg';
import { runPipeline } from './pipeline.ts';
import type { PostgresConnections } from './postgres-connections.ts';
import { translatePostgresError } from './postgres-errors.ts';
import { textTypes } from './text-types.ts';

/** Maximum number of prepared queries. Without it, ID lists of every length would fill the server's memory. */
const MAX_STATEMENT_NAMES = 200;

/**
 * Creates the Kysely dialect for the pool. The driver of Kysely does not name statements, and depends on the type
 * parsers of the host.
 */
export function createPostgresDialect(connections: PostgresConnections): Dialect {
  const nameOf = createStatementNamer(connections.preparedStatements);
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(connections, nameOf),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

type StatementNamer = (text: string) => string | undefined;

/** Holds a client for Kysely between acquire and release. */
class PooledConnection implements DatabaseConnection {
  readonly client: PoolClient;
  readonly #nameOf: StatementNamer;
  #isBroken = false;

  constructor(client: PoolClient, nameOf: StatementNamer) {
    this.client = client;
    this.#nameOf = nameOf;
    client.on('error', this.#markBroken);
  }

  readonly #markBroken = (): void => {
    this.#isBroken = true;
  };

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      // Without values it is a simple query, which can contain several statements (migrations).
      const result = await this.client.query(
        parameters.length === 0
          ? { text: sql, types: textTypes }
          : { name: this.#nameOf(sql), text: sql, values: [...parameters], types: textTypes },
      );
      // Several statements return several results. Their rows are never used.
      if (Array.isArray(result)) return { rows: [] };
      // The query builder knows the type of a row; the driver does not.
      return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount ?? 0) };
    } catch (error) {
      if (!(error instanceof Error && 'severity' in error && error.severity === 'ERROR')) this.#isBroken = true;
      throw translatePostgresError(error);
    }
  }

  // eslint-disable-next-line require-yield -- the interface requires a generator, but nothing is streamed
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Streaming is not supported.');
  }

  release(): void {
    // A broken connection can emit another error later. Without a listener, it would end the process.
    if (!this.#isBroken) this.client.removeListener('error', this.#markBroken);
    this.client.release(this.#isBroken);
  }
}

function createDriver(connections: PostgresConnections, nameOf: StatementNamer): Driver {
  const acquired = new Set<PooledConnection>();
  const requirePooled = (connection: DatabaseConnection): PooledConnection => {
    if (connection instanceof PooledConnection && acquired.has(connection)) return connection;
    throw new Error('The connection does not belong to this driver.');
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      const client = await connections.pool.connect().catch((error: unknown) => {
        throw translatePostgresError(error);
      });
      const connection = new PooledConnection(client, nameOf);
      acquired.add(connection);
      return connection;
    },
    beginTransaction: async (connection) => {
      try {
        await runPipeline(requirePooled(connection).client, connections.beginSteps, connections.preparedStatements);
      } catch (error) {
        throw translatePostgresError(error);
      }
    },
    commitTransaction: async (connection) => {
      await requirePooled(connection).executeQuery(CompiledQuery.raw('commit'));
    },
    rollbackTransaction: async (connection) => {
      await requirePooled(connection).executeQuery(CompiledQuery.raw('rollback'));
    },
    releaseConnection: async (connection) => {
      const ours = requirePooled(connection);
      acquired.delete(ours);
      ours.release();
    },
    destroy: async () => connections.close(),
  };
}

function createStatementNamer(isPrepared: boolean): StatementNamer {
  const names = new Map<string, string>();
  return (text) => {
    if (!isPrepared) return undefined;
    let name = names.get(text);
    if (name === undefined && names.size < MAX_STATEMENT_NAMES)
      names.set(text, (name = `botloom_${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`));
    return name;
  };
}
