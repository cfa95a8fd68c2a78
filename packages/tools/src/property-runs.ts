import { availableParallelism } from 'node:os';
import { runStage } from './tasks/run-stage.ts';
import type { Task } from './tasks/task.ts';

/** Tests with random flows, events, texts and values. */
const FILES = [
  'packages/core/src/engine/advance.property.test.ts',
  'packages/contract-tests/src/markup/markup.test.ts',
];

const runs = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 1_000_000_000));
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  console.error('usage: property-runs.ts [runs] [seed], whole numbers');
  process.exit(2);
}
const shards = availableParallelism();
const runsPerShard = Math.ceil(runs / shards);
console.log(`${runsPerShard * shards} runs of each property in ${shards} parts, seeds ${seed} to ${seed + shards - 1}`);
const results = await runStage(
  Array.from({ length: shards }, (_, shard) => shardTask(seed + shard)),
  shards,
);
const failed = results.filter(({ ok }) => !ok);
console.log(
  failed.length > 0
    ? `${failed.length} parts failed; repeat one with: npx -y pnpm@12 properties ${runsPerShard} <its seed>`
    : `${runsPerShard * shards} runs of each property: none failed`,
);
process.exitCode = failed.length > 0 ? 1 : 0;

function shardTask(partSeed: number): Task {
  return {
    name: `${runsPerShard} runs with the seed ${partSeed}`,
    command: ['vitest', 'run', '--project', 'unit', ...FILES],
    env: { BOTLOOM_TEST_RUNS: String(runsPerShard), BOTLOOM_TEST_SEED: String(partSeed) },
  };
}
