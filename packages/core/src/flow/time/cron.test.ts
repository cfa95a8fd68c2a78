import { expect, test } from 'vitest';
import { readCron } from './cron.ts';

test.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 8',
  '5-1 * * * *',
  '*/0 * * * *',
  '1-2-3 * * * *',
  'a * * * *',
  '1,, * * * *',
  '-1 * * * *',
  '* * * foo *',
  '1.5 * * * *',
])('%j is none', (source) => {
  expect(readCron(source)).toBeNull();
});

test('numbers, lists, ranges, steps and names', () => {
  expect(readCron(' 5/20 9,17  1-3 JAN,mar Mon-fri ')).toMatchObject({
    minutes: [5, 25, 45],
    hours: [9, 17],
    days: new Set([1, 2, 3]),
    months: new Set([1, 3]),
    weekdays: new Set([1, 2, 3, 4, 5]),
    is_either: true,
  });
  expect(readCron('*/15 0-6/3 * * 7')).toMatchObject({
    minutes: [0, 15, 30, 45],
    hours: [0, 3, 6],
    weekdays: new Set([0]),
    is_either: false,
  });
});
