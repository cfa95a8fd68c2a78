import { expect, test } from 'vitest';
import { findMissingPaths } from './missing-paths.ts';

const existing = new Set(['packages/core', 'packages/core/src/a.ts', 'docs/a.md', 'README.md']);

function missing(file: string, text: string): string[] {
  return findMissingPaths(file, text, (path) => existing.has(path)).map(({ line, path }) => `${line} ${path}`);
}

test('a code span that begins with a top-level folder must exist', () => {
  const text =
    'See `packages/core/src/a.ts`, `packages/core/src/a.ts:12` and `packages/core/src/b.ts`; `src/c.ts` is free.';
  expect(missing('docs/a.md', text)).toEqual(['1 packages/core/src/b.ts']);
  expect(missing('packages/core/src/a.ts', `const a = 1;\n// ${text}`)).toEqual(['2 packages/core/src/b.ts']);
});

test('a path is checked up to its placeholder', () => {
  expect(
    missing('docs/a.md', '`packages/core/KIND/kind.ts` `packages/core/*.ts` `packages/none/KIND-step.ts`'),
  ).toEqual(['1 packages/none/KIND-step.ts']);
});

test('a relative link of Markdown must lead to a file', () => {
  expect(missing('docs/a.md', '[a](a.md#b) [b](../README.md) [c](c.md) [d](https://example.org) [e](#e)')).toEqual([
    '1 docs/c.md',
  ]);
});

test('code blocks and code are not read', () => {
  expect(missing('docs/a.md', '```\n`docs/none.md`\n```')).toEqual([]);
  expect(missing('packages/core/src/a.ts', 'const a = `docs/none.md`;')).toEqual([]);
});
