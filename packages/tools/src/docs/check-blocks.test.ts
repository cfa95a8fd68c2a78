import { expect, test } from 'vitest';
import { workspaceRoot } from '../workspace.ts';
import { checkBlocks } from './check-blocks.ts';

test('names every problem with the line of the documentation', () => {
  const problems = checkBlocks(workspaceRoot, 'packages/contract-tests', [
    { file: 'README.md', line: 10, code: `import { join } from 'node:path';\nconst path: number = join('a');` },
    { file: 'docs/a.md', line: 3, code: `const path = await Promise.resolve('the same name in another block');` },
    { file: 'docs/b.md', line: 7, code: `import { nothing } from 'no-such-package';` },
  ]);
  expect(problems.map((problem) => problem.split('\n')[0])).toEqual([
    `README.md:11  Type 'string' is not assignable to type 'number'.`,
    `docs/b.md:7  Cannot find module 'no-such-package' or its corresponding type declarations.`,
  ]);
});
