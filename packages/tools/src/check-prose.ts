import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTics } from './prose/find-tics.ts';
import { findMissingPaths } from './prose/missing-paths.ts';
import { TIC_BUDGET } from './prose/tic-budget.ts';
import { listFiles, workspaceRoot } from './workspace.ts';

const isTarget = (file: string): boolean =>
  /\.(ts|md)$/.test(file) &&
  !/^docs\/(reference\/|glossary\.md)|\/fixtures\/|\.d\.ts$|prose\/(tics|find-tics\.test)\.ts$/.test(file);
// `docs/reference/api` is written by TypeDoc and not committed.
const exists = (path: string): boolean => path === 'docs/reference/api' || existsSync(join(workspaceRoot, path));

const files = ['packages', 'examples', 'docs', '.github', '.changeset'].flatMap((folder) => listFiles(folder, ''));
const texts = [...files, 'README.md', 'vitest.config.ts', 'tsup.base.ts']
  .filter(isTarget)
  .map((file) => [file, readFileSync(join(workspaceRoot, file), 'utf8')] as const);
const tics = texts.flatMap(([file, text]) => findTics(file, text));
const paths = texts.flatMap(([file, text]) => findMissingPaths(file, text, exists));

const isOverBudget = tics.length > TIC_BUDGET;
for (const { file, line, path } of paths) console.error(`${file}:${line}  there is no ${path} in the repository`);
// With `--all`, or when there are too many: where to begin.
if (isOverBudget || process.argv.includes('--all')) {
  for (const { file, line, phrase, write } of tics) console.error(`${file}:${line}  "${phrase}": write ${write}`);
}
const budget = tics.length < TIC_BUDGET ? `; set TIC_BUDGET to ${tics.length}` : '';
console.log(
  `${texts.length} files, ${paths.length} missing paths, ${tics.length} phrases of ${TIC_BUDGET} allowed${budget}`,
);
process.exitCode = isOverBudget || paths.length > 0 ? 1 : 0;
