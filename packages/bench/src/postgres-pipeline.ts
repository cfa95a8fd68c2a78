/**
 * Compares three ways to send the statements of one transaction to PostgreSQL, in turn and in one run:
 *
 * - `ours`: all statements with one Sync, by the wire protocol, as `storage/kysely/postgres/pipeline.ts` does
 * - `pg`: the pipeline mode of pg (`pipeline: true`), one Sync per statement
 * - `one by one`: each statement waits for the answer to the one before it
 *
 *     pnpm --filter @botloom/bench postgres-pipeline postgres://…
 *     … --transactions 5000 --rounds 5
 *
 * Prints the processor time of this process per transaction, per round and as a median.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { runPipeline } from '../../core/src/storage/kysely/postgres/pipeline.ts';

const { values, positionals } = parseArgs({
  options: { transactions: { type: 'string', default: '5000' }, rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const url = positionals[0];
if (url === undefined) throw new Error('Give the address of a PostgreSQL server.');

const statement = (name: string, text: string) => ({ name: `bench_${name}`, text });
const texts = ['a', 'b', 'c', 'd'].map((value) => value.repeat(40));
/** A transaction of the size of a batch: begin, four statements with arrays, commit. */
const steps = [
  { statement: statement('begin', 'begin isolation level read committed'), values: [] },
  ...[1, 2, 3, 4].map((index) => ({
    statement: statement(
      `read_${index}`,
      `select ${index}::text, t.id::text, t.text from unnest($1::bigint[], $2::text[]) as t (id, text)`,
    ),
    values: ['{1,2,3,4}', `{${texts.join(',')}}`],
  })),
  { statement: statement('commit', 'commit'), values: [] },
];
const raw = { getTypeParser: () => (value: string) => value };
const queries = steps.map(({ statement: { name, text }, values: list }) => ({
  name,
  text,
  values: list,
  rowMode: 'array' as const,
  types: raw,
}));

type Way = { readonly client: pg.Client; readonly run: () => Promise<unknown> };
const plain = new pg.Client({ connectionString: url });
const piped = new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig);
const sequential = new pg.Client({ connectionString: url });
await Promise.all([plain.connect(), piped.connect(), sequential.connect()]);
const ways: Readonly<Record<string, Way>> = {
  ours: { client: plain, run: () => runPipeline(plain as unknown as pg.PoolClient, steps, true) },
  pg: { client: piped, run: () => Promise.all(queries.map((query) => piped.query(query))) },
  'one by one': {
    client: sequential,
    run: async () => {
      for (const query of queries) await sequential.query(query);
    },
  },
};
const count = Number(values.transactions);
const figures = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
for (const { run } of Object.values(ways)) for (let index = 0; index < 500; index += 1) await run();
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const [name, { run }] of Object.entries(ways)) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    for (let index = 0; index < count; index += 1) await run();
    const { user, system } = process.cpuUsage(cpu);
    const perTransaction = (user + system) / count;
    figures.get(name)?.push(perTransaction);
    const rate = Math.round((count / (performance.now() - start)) * 1000);
    console.log(`round ${round + 1}, ${name}: ${perTransaction.toFixed(0)} µs CPU per transaction, ${rate} per second`);
  }
}
for (const [name, list] of figures) {
  const sorted = list.toSorted((a, b) => a - b);
  console.log(`median, ${name}: ${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)} µs CPU per transaction`);
}
await Promise.all([plain.end(), piped.end(), sequential.end()]);
