import type { PoolClient, Submittable } from 'pg';

/** A statement of the hot path: its text never changes, so it is prepared once a connection. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

export interface PipelineStep {
  readonly statement: PreparedStatement;
  /** As text, as PostgreSQL reads it. */
  readonly values: readonly (string | null)[];
}

/** Rows of one step, columns as text. */
export type TextRows = readonly (readonly (string | null)[])[];

/** What we use of pg's connection: its protocol messages, as pg-cursor does. */
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
 * Runs several statements in one round trip: all are sent at once, with one Sync at the end. The first error skips the rest.
 * Without BEGIN they are one transaction of their own.
 *
 * Why not `pg`: it waits for each answer before it sends the next statement, and the number of round trips is what a batch costs
 * on PostgreSQL. Nor does it describe rows anew each time or parse values by their types: the columns of our statements are known.
 *
 * @param isPrepared false for poolers that give every transaction another connection
 */
export function runPipeline(
  client: PoolClient,
  steps: readonly PipelineStep[],
  isPrepared: boolean,
): Promise<readonly TextRows[]> {
  // A host's pool whose clients pipeline by themselves takes no queries but pg's own.
  if ('pipeline' in client && client.pipeline) return runSequentially(client, steps);
  return new Promise((resolve, reject) => {
    client.query(
      new Pipeline(steps, isPrepared, (error, results) => {
        if (error === null) resolve(results);
        else reject(error);
      }),
    );
  });
}

async function runSequentially(client: PoolClient, steps: readonly PipelineStep[]): Promise<readonly TextRows[]> {
  const results: TextRows[] = [];
  for (const { statement, values } of steps) {
    const { rows } = await client.query<(string | null)[]>({
      text: statement.text,
      values: [...values],
      rowMode: 'array',
      types: rawTypes,
    });
    results.push(rows);
  }
  return results;
}

const rawTypes = { getTypeParser: () => (value: string) => value };

type PipelineCallback = (error: Error | null, results: readonly TextRows[]) => void;

/** One entry in pg's queue of queries: pg calls `submit` when its turn comes, and the handlers for what the server answers. */
class Pipeline implements Submittable {
  readonly #steps: readonly PipelineStep[];
  readonly #isPrepared: boolean;
  readonly #results: (string | null)[][][] = [];
  #rows: (string | null)[][] = [];
  #preparedNames: Set<string> | null = null;
  readonly #newlyPrepared: string[] = [];
  /** pg replaces it to watch its `query_timeout`. */
  callback: PipelineCallback;

  constructor(steps: readonly PipelineStep[], isPrepared: boolean, callback: PipelineCallback) {
    this.#steps = steps;
    this.#isPrepared = isPrepared;
    this.callback = callback;
  }

  submit(connection: unknown): void {
    // What pg hands to every query; the members are those above.
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

  // The rest of what pg may call; none of it happens without Describe, row limits or COPY.
  handleRowDescription(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}
}
