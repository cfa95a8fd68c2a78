import { describe, expect, test } from 'vitest';
import { findTics } from './find-tics.ts';

const found = (file: string, text: string): string[] =>
  findTics(file, text).map(({ line, phrase }) => `${line} ${phrase}`);

describe('code', () => {
  test.each([
    ['a comment that begins with a question word', '/** What the bot sends. */', '1 What'],
    ['a line comment', 'const a = 1;\n// Whether it is blocked.', '2 Whether'],
    ['a line inside a doc comment', '/**\n * Sends a message.\n * Nobody waits for it.\n */', '3 Nobody'],
    ['a text', `throw new Error('Somebody has it');`, '1 Somebody'],
    ['the middle of a template', 'const a = `${b} gives ${c}`;', '1 gives'],
    ['an error code after a verb', '/** Returns the bot. Raises BOT_NOT_FOUND. */', '1 Raises BOT_NOT_FOUND'],
    ['an increment', '// Every write raises the revision.', '1 raises'],
  ])('finds %s', (_, text, phrase) => {
    expect(found('a.ts', text)).toEqual([phrase]);
  });

  test.each([
    ['a question', '// What if the bot is deleted meanwhile?'],
    ['a question word in the middle of a comment', '// Records what the bot sends.'],
    ['a code span', '// Calls `gives()`.'],
    ['an identifier', 'const gives = stands;'],
    ['a module name', `import { a } from './gives.ts';`],
    ['a standard phrase', '// HTTP stands for a protocol. The job gives up after ten attempts.'],
  ])('accepts %s', (_, text) => {
    expect(found('a.ts', text)).toEqual([]);
  });
});

test('Markdown is read without its code', () => {
  const text = ['# What a bot is', 'It gives a `gives`.', '```sh', 'echo gives', '```', 'It is none.'].join('\n');
  expect(found('a.md', text)).toEqual(['2 gives', '6 is none']);
});

test('an exception needs a reason and covers its line and the next one', () => {
  expect(found('a.ts', `f('gives'); // prose-ok: quotes a user\n\nf('gives');`)).toEqual(['3 gives']);
  expect(found('a.md', '<!-- prose-ok: quotes a user -->\nIt gives.')).toEqual([]);
  expect(found('a.ts', `f('gives'); // prose-ok:`)).toEqual(['1 gives']);
});

test('says what to write instead', () => {
  expect(findTics('a.md', 'The call gives a list.')).toEqual([
    { file: 'a.md', line: 1, phrase: 'gives', write: '"returns", "sends", "provides", "sets"' },
  ]);
});
