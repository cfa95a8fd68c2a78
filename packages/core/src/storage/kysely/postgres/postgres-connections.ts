import type { Pool, PoolClient } from 'pg';
import { isPipelining, runPipeline, type PipelineStep, type PreparedStatement, type TextRows } from './pipeline.ts';
import { translatePostgresError } from './postgres-errors.ts';

export interface PostgresConnectionsOptions {
  readonly pool: Pool;
  /** True for a pool of Botloom: `close` ends it, and its connections were opened with our settings. */
  readonly isOwnPool: boolean;
  readonly preparedStatements: boolean;
  /** Settings of our transactions on a host's connections. The host's own settings stay unchanged. */
  readonly settings: Readonly<Record<string, string>>;
}

/** An open transaction. */
export interface PostgresTransaction {
  /** Runs statements in one round trip. */
  run(...steps: readonly PipelineStep[]): Promise<readonly TextRows[]>;
}

const BEGIN: PipelineStep = {
  statement: { name: 'botloom_begin', text: 'begin isolation level read committed' },
  values: [],
};
const COMMIT: PipelineStep = { statement: { name: 'botloom_commit', text: 'commit' }, values: [] };
const ROLLBACK: PipelineStep = { statement: { name: 'botloom_rollback', text: 'rollback' }, values: [] };

/** The pool as the storage uses it: a client never leaks, and a broken client is never returned to the pool. */
export class PostgresConnections {
  readonly pool: Pool;
  readonly preparedStatements: boolean;
  readonly #isOwnPool: boolean;
  /** Statements that open a transaction, sent with its first statement. */
  readonly beginSteps: readonly PipelineStep[];
  #isClosed = false;

  constructor({ pool, isOwnPool, preparedStatements, settings }: PostgresConnectionsOptions) {
    this.pool = pool;
    this.preparedStatements = preparedStatements;
    this.#isOwnPool = isOwnPool;
    this.beginSteps =
      Object.keys(settings).length === 0
        ? [BEGIN]
        : [BEGIN, { statement: settingsStatement(settings), values: Object.entries(settings).flat() }];
    // Without a listener, the loss of an idle connection would end the process.
    if (isOwnPool) pool.on('error', ignoreError);
  }

  /** Runs work on a client. Errors are passed on unchanged. */
  async withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    // A connection lost now fails its current query, which is enough.
    client.on('error', ignoreError);
    let failure: unknown = null;
    try {
      return await work(client);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      const isBroken = failure !== null && !isStatementError(failure);
      // A broken client may still emit an error after its release.
      if (!isBroken) client.removeListener('error', ignoreError);
      client.release(isBroken);
    }
  }

  /** Runs statements as one transaction, in one round trip. */
  async run(...steps: readonly PipelineStep[]): Promise<readonly TextRows[]> {
    try {
      return await this.withClient((client) =>
        isPipelining(client) && steps.length > 1
          ? this.#runInTransaction(client, steps)
          : runPipeline(client, steps, this.preparedStatements),
      );
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async #runInTransaction(client: PoolClient, steps: readonly PipelineStep[]): Promise<readonly TextRows[]> {
    const send = (list: readonly PipelineStep[]): Promise<readonly TextRows[]> =>
      runPipeline(client, list, this.preparedStatements);
    try {
      const results = await send([BEGIN, ...steps, COMMIT]);
      return results.slice(1, -1);
    } catch (error) {
      // After a failed statement, PostgreSQL turns COMMIT into ROLLBACK. A failed BEGIN leaves nothing open.
      if (isServerError(error)) await rollBack(send, error);
      throw error;
    }
  }

  /**
   * Runs a transaction. BEGIN is sent with the first statement, COMMIT with the last ones.
   *
   * @param work - returns the last statements, or `null` to roll back, and the result. Its errors roll back and are
   *   passed on.
   */
  transaction<Result>(
    work: (transaction: PostgresTransaction) => Promise<{
      readonly last: readonly PipelineStep[] | null;
      readonly result: (rows: readonly TextRows[]) => Result;
    }>,
  ): Promise<Result> {
    return this.withClient(async (client) => {
      const state = { isBegun: false, isBroken: false };
      const send = (steps: readonly PipelineStep[]) =>
        runPipeline(client, steps, this.preparedStatements).catch((error: unknown) => {
          state.isBroken = !isServerError(error);
          throw error;
        });
      const run = async (steps: readonly PipelineStep[]): Promise<readonly TextRows[]> => {
        if (state.isBegun) return send(steps);
        state.isBegun = true;
        const results = await send([...this.beginSteps, ...steps]);
        return results.slice(this.beginSteps.length);
      };
      try {
        const { last, result } = await work({ run: (...steps) => run(steps) });
        if (last !== null) return result(await run([...last, COMMIT]));
        if (state.isBegun) await send([ROLLBACK]);
        return result([]);
      } catch (error) {
        // A broken connection accepts no ROLLBACK either. It is not returned to the pool.
        if (state.isBegun && !state.isBroken) await rollBack(send, error);
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#isOwnPool) await this.pool.end();
  }
}

/** Rolls back, so that the client can be returned to the pool. If that fails, the client is destroyed. */
async function rollBack(send: (steps: readonly PipelineStep[]) => Promise<unknown>, error: unknown): Promise<void> {
  try {
    await send([ROLLBACK]);
    errorsOnHealthyConnection.add(toObject(error));
  } catch {
    errorsOnHealthyConnection.delete(toObject(error));
  }
}

/** Errors after which the connection is known to be usable. */
const errorsOnHealthyConnection = new WeakSet<object>();

function isStatementError(error: unknown): boolean {
  return (
    errorsOnHealthyConnection.has(toObject(error)) ||
    (error instanceof Error && 'severity' in error && error.severity === 'ERROR')
  );
}

function isServerError(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}

function toObject(error: unknown): object {
  return typeof error === 'object' && error !== null ? error : {};
}

function settingsStatement(settings: Readonly<Record<string, string>>): PreparedStatement {
  const calls = Object.keys(settings).map((_name, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`);
  return { name: 'botloom_settings', text: `select ${calls.join(', ')}` };
}

function ignoreError(): void {}
