import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { unicodeRanges } from './unicode-ranges.ts';

// Letters that came with Unicode 17 are not in every JavaScript's tables: what neither assigns is left out of the comparison.
const unassigned = new Set(codePoints(unicodeRanges('\\p{Cn}')));

test.each([
  ['L', '\\p{L}'],
  ['Lu', '\\p{Lu}'],
  ['Cs', '\\p{Cs}'],
  ['Nd', '\\p{Nd}'],
  ['Emoji', '\\p{Emoji}'],
  ['White_Space', '\\p{White_Space}'],
  ['Cyrillic', '\\p{Script=Cyrillic}'],
  ['Han', '\\p{Script=Han}'],
])('%s is what re2js says', (name, characters) => {
  const pattern = RE2JS.compile(`\\p{${name}}`);
  const own = new Set(codePoints(unicodeRanges(characters)));
  for (let code = 0; code < 0x110000; code += code > 0x30000 ? 97 : 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    if (!unassigned.has(code) && pattern.test(String.fromCodePoint(code)) !== own.has(code))
      expect.fail(`U+${code.toString(16)}`);
  }
});

test('all runs, in their order, the surrogates as one', () => {
  expect(unicodeRanges('[a-c\\u{1F600}]')).toEqual([0x61, 0x63, 0x1f600, 0x1f600]);
  expect(unicodeRanges('\\p{Cs}')).toEqual([0xd800, 0xdfff]);
  expect(unicodeRanges('[^]')).toEqual([0, 0x10ffff]);
});

test('a property that JavaScript does not know is an error', () => {
  expect(() => unicodeRanges('\\p{Klingon}')).toThrow(SyntaxError);
});

function codePoints(ranges: readonly number[]): number[] {
  return ranges.flatMap((from, index) =>
    index % 2 === 0 ? Array.from({ length: (ranges[index + 1] ?? from) - from + 1 }, (_, offset) => from + offset) : [],
  );
}
