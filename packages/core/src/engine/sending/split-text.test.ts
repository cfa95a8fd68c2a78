import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText } from './split-text.ts';

test('a long text is split between graphemes, and nothing is lost', () => {
  const family = '👨‍👩‍👧‍👦';
  const parts = splitText(family.repeat(1000), 4096);
  for (const part of parts) {
    expect(part.length).toBeLessThanOrEqual(4096);
    expect(part.replaceAll(family, '')).toBe('');
  }
  expect(parts.join('')).toBe(family.repeat(1000));
});

test('after a line, else after a word', () => {
  expect(
    splitText(`${'a'.repeat(3900)}\n${'b'.repeat(150)} ${'c'.repeat(100)}`, 4096).map((part) => part.length),
  ).toEqual([3901, 251]);
  expect(splitText(`${'a'.repeat(4000)} ${'c'.repeat(100)}`, 4096).map((part) => part.length)).toEqual([4001, 100]);
  expect(splitText(`\n${'a'.repeat(5000)}`, 4096).map((part) => part.length)).toEqual([4096, 905]);
});

test('a letter with more marks than fit in a message is split between code points', () => {
  for (const text of [`e${'\u0301'.repeat(9000)}`, '😀\u200d'.repeat(4000)]) {
    const parts = splitText(text, 4096);
    expect(parts.join('')).toBe(text);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(4096);
      expect(part.isWellFormed()).toBe(true);
    }
  }
});

test('any text, any limit: whole, within the limit, well formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 20, max: 60 }), (text, limit) => {
      const parts = splitText(text, limit);
      expect(parts.join('')).toBe(text);
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(limit);
        expect(part.isWellFormed()).toBe(text.isWellFormed());
      }
    }),
  );
});
