import type { PoolClient, Submittable } from 'pg';

/** A statement of the hot path: its text never changes, so it is prepared once per connection. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

export interface PipelineStep {
  readonly statement: PreparedStatement;
  /** Parameters in PostgreSQL's text format. */
  readonly values: readonly (string | null)[];
}

/** Rows of one step, columns as text. */
export type TextRows = readonly (readonly (string | null)[])[];

/**
 * The protocol messages of pg's connection, as pg-cursor uses them. They are not public: the peer range of pg is pinned
 * to the minor version that the storage suite passes with (docs/decisions/0017-own-postgres-pipeline.md).
 */
interface WireConnection {
  readonly stream: { cork(): void; uncork(): void };
  parse(query: { readonly name: string; readonly text: string }): void;
  bind(config: {
    readonly portal: string;
    readonly statement: string;
    readonly values: readonly (string | null)[];
  }): void;
  execute(config: { readonly portal: string; readonly rows: number }): void;
  close(message: { readonly type: 'S'; readonly name: string }): void;
  sync(): void;
}

/** Statements that a connection has prepared. */
const preparedNames = new WeakMap<object, Set<string>>();

/**
 * Runs several statements in one round trip: all are sent at once, with one Sync at the end. The first error skips the
 * rest. Without BEGIN they are one transaction.
 *
 * On a client with pg's own pipeline mode (see `isPipelining`), every statement has its own Sync: without BEGIN, each
 * statement is a transaction.
 *
 * @param isPrepared - false for poolers that assign another connection to every transaction
 */
export function runPipeline(
  client: PoolClient,
  steps: readonly PipelineStep[],
  isPrepared: boolean,
): Promise<readonly TextRows[]> {
  if (isPipelining(client)) return runWithPg(client, steps);
  return new Promise((resolve, reject) => {
    client.query(
      new Pipeline(steps, isPrepared, (error, results) => {
        if (error === null) resolve(results);
        else reject(error);
      }),
    );
  });
}

/** True for clients of a host's pool that use pg's own pipeline mode. They accept no queries but pg's own. */
export function isPipelining(client: PoolClient): boolean {
  return 'pipeline' in client && client.pipeline;
}

async function runWithPg(client: PoolClient, steps: readonly PipelineStep[]): Promise<readonly TextRows[]> {
  const queries = steps.map(({ statement, values }) =>
    client.query<(string | null)[]>({
      text: statement.text,
      values: [...values],
      rowMode: 'array',
      types: rawTypes,
    }),
  );
  // All of them end before the caller continues, also when one fails.
  const outcomes = await Promise.allSettled(queries);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.rows] : []));
}

const rawTypes = { getTypeParser: () => (value: string) => value };

type PipelineCallback = (error: Error | null, results: readonly TextRows[]) => void;

/** One entry in pg's queue of queries: pg calls `submit` at its turn, and the handlers for the server's messages. */
class Pipeline implements Submittable {
  readonly #steps: readonly PipelineStep[];
  readonly #isPrepared: boolean;
  readonly #results: (string | null)[][][] = [];
  #rows: (string | null)[][] = [];
  #preparedNames: Set<string> | null = null;
  readonly #newlyPrepared: string[] = [];
  /** Replaced by pg to enforce its `query_timeout`. */
  callback: PipelineCallback;

  constructor(steps: readonly PipelineStep[], isPrepared: boolean, callback: PipelineCallback) {
    this.#steps = steps;
    this.#isPrepared = isPrepared;
    this.callback = callback;
  }

  submit(connection: unknown): void {
    // pg passes its connection to every query.
    const wire = connection as WireConnection;
    this.#preparedNames = preparedNames.get(wire) ?? new Set();
    preparedNames.set(wire, this.#preparedNames);
    wire.stream.cork();
    try {
      for (const step of this.#steps) this.#send(wire, step);
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
  }

  #send(wire: WireConnection, { statement, values }: PipelineStep): void {
    const name = this.#isPrepared ? statement.name : '';
    if (name === '') wire.parse({ name, text: statement.text });
    else if (this.#preparedNames?.has(name) !== true) {
      // An earlier pipeline may have failed after this statement was prepared.
      wire.close({ type: 'S', name });
      wire.parse({ name, text: statement.text });
      this.#preparedNames?.add(name);
      this.#newlyPrepared.push(name);
    }
    wire.bind({ portal: '', statement: name, values });
    wire.execute({ portal: '', rows: 0 });
  }

  handleDataRow({ fields }: { readonly fields: (string | null)[] }): void {
    this.#rows.push(fields);
  }

  handleCommandComplete(): void {
    this.#results.push(this.#rows);
    this.#rows = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handleError(error: Error): void {
    for (const name of this.#newlyPrepared) this.#preparedNames?.delete(name);
    if ('code' in error && error.code === '26000') this.#preparedNames?.clear();
    this.callback(error, []);
  }

  handleReadyForQuery(): void {
    this.callback(null, this.#results);
  }

  // Required by pg, but never called without Describe, row limits or COPY.
  handleRowDescription(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}
}
