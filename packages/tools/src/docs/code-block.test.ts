import { expect, test } from 'vitest';
import { findCodeBlocks } from './code-block.ts';
import { findDocExamples } from './doc-examples.ts';

test('finds the TypeScript blocks of a text with their lines', () => {
  const text = [
    '# Title',
    '```ts',
    'const a = 1;',
    '```',
    '```sh',
    'ls',
    '```',
    '- item',
    '  ```typescript',
    '  const b = 2;',
    '  ```',
  ].join('\n');
  expect(findCodeBlocks('README.md', text)).toEqual([
    { file: 'README.md', line: 3, code: 'const a = 1;' },
    { file: 'README.md', line: 10, code: 'const b = 2;' },
  ]);
});

test('leaves out what says that it cannot stand alone', () => {
  expect(findCodeBlocks('README.md', '```ts no-check\n…\n```')).toEqual([]);
});

test('finds the examples of doc comments, and only those', () => {
  const text = [
    'const x = 1;',
    '/**',
    ' * Does it.',
    ' *',
    ' * @example',
    ' * ```ts',
    ' * doIt({',
    ' *   now: true,',
    ' * });',
    ' * ```',
    ' */',
    'export function doIt() {}',
    '// @example ```ts',
  ].join('\n');
  expect(findDocExamples('a.ts', text)).toEqual([{ file: 'a.ts', line: 7, code: 'doIt({\n  now: true,\n});' }]);
});
