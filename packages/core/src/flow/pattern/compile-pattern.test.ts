import { expect, test } from 'vitest';
import { cpuTime } from '../../fixtures/cpu-time.ts';
import { compilePattern } from './compile-pattern.ts';

test('is found anywhere unless it is tied to the ends', () => {
  expect(compilePattern('tea').pattern?.test('green tea, please')).toBe(true);
  expect(compilePattern('^tea$').pattern?.test('green tea')).toBe(false);
  expect(compilePattern('^tea$').pattern?.test('TEA')).toBe(false);
  expect(compilePattern('^чай$', { ignore_case: true }).pattern?.test('ЧАЙ')).toBe(true);
  expect(compilePattern('^\\p{L}+$').pattern?.test('größe')).toBe(true);
});

test('R1 a pattern that makes others hang is linear', () => {
  const milliseconds = cpuTime(() => {
    expect(compilePattern('^(a+)+$').pattern?.test(`${'a'.repeat(34)}!`)).toBe(false);
    expect(compilePattern('(x+x+)+y').pattern?.test('x'.repeat(4096))).toBe(false);
  });
  expect(milliseconds).toBeLessThan(1000);
});

test.each([
  ['R2 nested repetition', '(a{100}){100}{100}'],
  ['R2 nested groups', '((a{100}){100}){100}'],
  ['R3 a back-reference', '(a)\\1'],
  ['R3 a look-ahead', '(?=a)b'],
  ['R3 a look-behind', '(?<!a)b'],
  ['R4 ten kilobytes', 'a'.repeat(10_000)],
  ['a group that does not end', '('],
])('%s is refused in words', (_name, source) => {
  expect(compilePattern(source)).toEqual({
    problem: expect.objectContaining({ message: expect.stringMatching(/^The pattern is /) }),
  });
});

test('R3 the hint says what is missing', () => {
  expect(compilePattern('(?=a)b').problem?.hint).toContain('look-ahead');
  expect(compilePattern('(a)\\1').problem?.hint).toContain('back-references');
});

test('R5 fifty of the largest patterns on the longest texts take no time to speak of', () => {
  const { pattern } = compilePattern('((a{0,10}){0,10}b?){1,3}$');
  expect(pattern).toBeDefined();
  const milliseconds = cpuTime(() => {
    for (let time = 0; time < 50; time += 1) pattern?.test(`${'a'.repeat(4094)}${time}`);
  });
  expect(milliseconds).toBeLessThan(3000);
});
