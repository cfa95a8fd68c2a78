import { expect, test } from 'vitest';
import { cpuTime } from '../../fixtures/cpu-time.ts';
import { parseNumber } from './parse-number.ts';

test.each([
  ['12', 12],
  [' 12 \n', 12],
  ['-3', -3],
  ['−3', -3],
  ['+4', 4],
  ['007', 7],
  ['12.5', 12.5],
  ['12,5', 12.5],
  ['1.500', 1.5],
  ['-0', 0],
  ['٤٢', 42],
  ['۱۲٫۵', null],
  ['۱۲.۵', 12.5],
  ['१२', 12],
  ['１２', 12],
  ['999999999999999', 999_999_999_999_999],
  ['1000000000000000', null],
  ['1,500', null],
  ['1 000', null],
  ['1e3', null],
  ['0x10', null],
  ['.5', null],
  ['5.', null],
  ['1.2.3', null],
  ['', null],
  ['NaN', null],
  ['Infinity', null],
  ['twelve', null],
  ['12 years', null],
  ['²', null],
])('%j → %s', (text, number) => {
  expect(parseNumber(text)).toBe(number);
});

test('reading a long text is fast', () => {
  const milliseconds = cpuTime(() => {
    for (let question = 0; question < 50; question += 1) expect(parseNumber(`${'1'.repeat(4095)}x`)).toBeNull();
  });
  expect(milliseconds).toBeLessThan(200);
});
