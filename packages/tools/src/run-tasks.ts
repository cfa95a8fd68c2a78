import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { changedSince } from './tasks/changed-since.ts';
import { runStage } from './tasks/run-stage.ts';
import type { Task, TaskResult } from './tasks/task.ts';
import { workspaceRoot } from './workspace.ts';

type Command = Task['command'];

const script = (name: string): Command => ['node', '--conditions=botloom-source', `packages/tools/src/${name}.ts`];
const countsFile = join(workspaceRoot, 'node_modules', '.cache', 'botloom', 'test-counts.json');

const lint: Command = ['eslint', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--quiet', '.'];
const format: Command = [
  'prettier',
  '--check',
  '--log-level=warn',
  '--cache',
  '--cache-location=node_modules/.cache/prettier/cache.json',
  '.',
];
const spelling: Command = [
  'cspell',
  'lint',
  '--no-progress',
  '--dot',
  '--cache',
  '--cache-location=node_modules/.cache/cspell',
];
// TypeScript 7 checks the workspace in half the time. Tools that use the compiler's API need TypeScript 6.
const typeCheck = (project: string): Command => ['node', 'node_modules/typescript-native/bin/tsc', '-p', project];
const types: Task = { name: 'types', command: typeCheck('.') };

// The longest first: two run at a time.
const staticChecks: Task[] = [
  { name: 'lint', command: lint },
  { name: 'format', command: format },
  types,
  { name: 'spelling', command: spelling },
  { name: 'types in the documentation', command: script('check-docs') },
  { name: 'generated files', command: script('check-generated') },
  { name: 'prose', command: script('check-prose') },
  { name: 'import rules', command: script('check-imports') },
  { name: 'types of the chat window', command: typeCheck('packages/fake-telegram/src/browser') },
];
const vitest = (...args: string[]): Task => ({
  name: 'tests',
  command: ['vitest', 'run', '--reporter=default', '--reporter=./packages/tools/src/counts-reporter.ts', ...args],
  env: { BOTLOOM_TEST_COUNTS: countsFile },
  streamsOutput: true,
});

/** The tasks of each command: stages run one after the other, the tasks of a stage side by side. */
const commands: Readonly<Record<string, () => readonly (readonly Task[])[]>> = {
  check: () => [staticChecks, [vitest('--project', 'unit')]],
  'check --fast': () => [[types], [vitest('--project', 'unit', '--passWithNoTests', '--changed', changedSince())]],
  test: () => [
    staticChecks,
    [{ name: 'build', command: script('build-packages') }],
    [
      { name: 'packages', command: script('check-packages') },
      { name: 'bundle for browsers', command: script('check-bundle'), streamsOutput: true },
    ],
    [vitest()],
  ],
};

const stages = commands[process.argv.slice(2).join(' ')]?.();
if (!stages) {
  console.error(`usage: run-tasks.ts ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
rmSync(countsFile, { force: true });
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
