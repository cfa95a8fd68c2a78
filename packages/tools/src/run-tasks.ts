import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runStage } from './tasks/run-stage.ts';
import type { Task, TaskResult } from './tasks/task.ts';
import { workspaceRoot } from './workspace.ts';

const script = (name: string): [string, ...string[]] => [
  'node',
  '--conditions=botloom-source',
  `packages/tools/src/${name}.ts`,
];
const counts = join(workspaceRoot, 'node_modules', '.cache', 'botloom', 'test-counts.json');

const lint: [string, ...string[]] = ['eslint', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.'];

const format: [string, ...string[]] = [
  'prettier',
  '--check',
  '--log-level=warn',
  '--cache',
  '--cache-location=node_modules/.cache/prettier/cache.json',
  '.',
];

const statics: Task[] = [
  { name: 'format', command: format },
  { name: 'lint', command: lint },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types in the documentation', command: script('check-docs') },
  { name: 'import rules', command: script('check-imports') },
  { name: 'generated files', command: script('check-generated') },
];
const vitest = (...args: string[]): Task => ({
  name: 'tests',
  command: ['vitest', 'run', '--reporter=default', '--reporter=./packages/tools/src/counts-reporter.ts', ...args],
  env: { BOTLOOM_TEST_COUNTS: counts },
  live: true,
});

/** Stages run one after the other; the tasks of a stage side by side. */
const commands: Readonly<Record<string, readonly (readonly Task[])[]>> = {
  check: [statics, [vitest('--project', 'unit')]],
  test: [
    statics,
    [{ name: 'build', command: script('build-packages') }],
    [
      { name: 'packages', command: script('check-packages') },
      { name: 'bundle for browsers', command: script('check-bundle'), live: true },
    ],
    [vitest()],
  ],
};

const stages = commands[process.argv[2] ?? ''];
if (!stages) {
  console.error(`usage: run-tasks.ts ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
rmSync(counts, { force: true });
const results: TaskResult[] = [];
for (const stage of stages) results.push(...(await runStage(stage, Math.min(2, availableParallelism()))));
const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
console.log(
  failed.length > 0
    ? `\nfailed: ${failed.join(', ')}`
    : `\nall ${results.length} tasks are fine (${seconds.toFixed(0)} s of work)`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
