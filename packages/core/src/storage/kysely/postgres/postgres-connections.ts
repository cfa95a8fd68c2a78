import type { Pool, PoolClient } from 'pg';
import { runPipeline, type PipelineStep, type PreparedStatement, type TextRows } from './pipeline.ts';
import { translatePostgresError } from './postgres-errors.ts';

export interface PostgresConnectionsOptions {
  readonly pool: Pool;
  /** Ours: ended by `close`; its connections were opened with our settings. */
  readonly isOwnPool: boolean;
  readonly preparedStatements: boolean;
  /** Settings of our transactions on connections that are not ours: the host's stay as they are. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A transaction under way. */
export interface PostgresTransaction {
  /** One round trip. */
  run(...steps: readonly PipelineStep[]): Promise<readonly TextRows[]>;
}

const BEGIN: PipelineStep = {
  statement: { name: 'botloom_begin', text: 'begin isolation level read committed' },
  values: [],
};
const COMMIT: PipelineStep = { statement: { name: 'botloom_commit', text: 'commit' }, values: [] };
const ROLLBACK: PipelineStep = { statement: { name: 'botloom_rollback', text: 'rollback' }, values: [] };

/** The pool as the storage uses it: a client never leaks, a broken one never goes back. */
export class PostgresConnections {
  readonly pool: Pool;
  readonly preparedStatements: boolean;
  readonly #isOwnPool: boolean;
  /** What opens a transaction: sent with its first statement. */
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

  /** Lends a client; errors come as they are. */
  async withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    // Lost while it is lent: the query under way fails, and that is enough.
    client.on('error', ignoreError);
    let failure: unknown = null;
    try {
      return await work(client);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      const isBroken = failure !== null && !isStatementError(failure);
      // A broken one may still say how it ended, when nobody listens any more.
      if (!isBroken) client.removeListener('error', ignoreError);
      client.release(isBroken);
    }
  }

  /** Statements that are one transaction of their own, in one round trip. */
  async run(...steps: readonly PipelineStep[]): Promise<readonly TextRows[]> {
    try {
      return await this.withClient((client) => runPipeline(client, steps, this.preparedStatements));
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  /**
   * A transaction whose BEGIN goes with its first statement and whose COMMIT goes with its last.
   *
   * @param work its result, and the last statements; `null` for them rolls back. What it throws rolls back and passes through.
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
        // A connection that has broken, or on which nothing is heard any more, takes no ROLLBACK either; it does not go back to the pool.
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

/** Leaves the client fit for the pool; if that fails, it is destroyed. */
async function rollBack(send: (steps: readonly PipelineStep[]) => Promise<unknown>, error: unknown): Promise<void> {
  try {
    await send([ROLLBACK]);
    errorsOnHealthyConnection.add(toObject(error));
  } catch {
    errorsOnHealthyConnection.delete(toObject(error));
  }
}

/** Errors after which the connection is known to be in order. */
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
