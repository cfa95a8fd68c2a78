import { expect, test } from 'vitest';
import { answerTo, askQuestion, rejectionOf, shown } from '../fixtures/ask-question.ts';
import { ANN, callback, ENV } from '../fixtures/dialogue.ts';

/** ENV's now is 2026-09-21T14:13:20Z. */
const datetime = { input: 'datetime' };

test.each([
  [{}, '2026-12-24 18:30', '2026-12-24T18:30:00+00:00'],
  [{}, '2026-12-24T18:30', '2026-12-24T18:30:00+00:00'],
  [{}, '24.12.2026, 18:30', '2026-12-24T18:30:00+00:00'],
  [{}, '24.12.2026 6 pm', '2026-12-24T18:00:00+00:00'],
  [{}, '24.12.2026 9.05', '2026-12-24T09:05:00+00:00'],
  [{}, '٢٤.١٢.٢٠٢٦ ١٨:٣٠', '2026-12-24T18:30:00+00:00'],
  [{ time_zone: 'Europe/Berlin' }, '2026-12-24 18:30', '2026-12-24T18:30:00+01:00'],
  [{ time_zone: 'Europe/Berlin' }, '2026-07-24 18:30', '2026-07-24T18:30:00+02:00'],
  [{ time_zone: 'America/St_Johns' }, '2026-12-24 18:30', '2026-12-24T18:30:00-03:30'],
  [{ time_zone: 'Asia/Kathmandu' }, '2026-12-24 18:30', '2026-12-24T18:30:00+05:45'],
  // Clocks go from 2 to 3 that night: what is skipped is an hour later.
  [{ time_zone: 'Europe/Berlin' }, '2026-03-29 02:30', '2026-03-29T03:30:00+02:00'],
  [{ min: 'now' }, '2026-09-21 14:13', '2026-09-21T14:13:00+00:00'],
  [{ min: 'now+2h', max: 'today+1d' }, '2026-09-22 23:59', '2026-09-22T23:59:00+00:00'],
  [{ min: '2026-12-24T18:00', max: '2026-12-24T18:00' }, '24.12.2026 18:00', '2026-12-24T18:00:00+00:00'],
])('%j: %j is %j', (question, said, value) => {
  expect(answerTo({ ...datetime, ...question }, said)).toBe(value);
  expect(Number.isNaN(Date.parse(value))).toBe(false);
});

test.each([
  [{}, '2026-12-24'],
  [{}, '18:30'],
  [{}, '2026-12-24 25:00'],
  [{}, '2026-02-30 10:00'],
  [{}, '01/02/2026 10:00'],
  [{}, '2026-12-24 18'],
  [{}, 'tomorrow at 5'],
  [{ min: 'now' }, '2026-09-21 14:12'],
  [{ min: 'now+2h' }, '2026-09-21 16:12'],
  [{ min: 'now', time_zone: 'Asia/Tokyo' }, '2026-09-21 23:12'],
  [{ max: 'today+1d' }, '2026-09-23 00:00'],
])('%j: %j is refused', (question, said) => {
  expect(answerTo({ ...datetime, ...question }, said)).toBeUndefined();
});

test('by buttons: a day leads to its hours, an hour to its times, and each back to the previous page', () => {
  const ann = askQuestion({ ...datetime, min: 'now+1h', max: 'today+1d', minute_step: 20, time_zone: 'Europe/Berlin' });
  expect(shown(ann).at(-1)).toEqual(['21', '22', '·', '·', '·', '·', '·']);
  ann.press('21');
  expect(shown(ann)).toEqual([
    ['·', '·', '·', '·', '·', '17:00'],
    ['18:00', '19:00', '20:00', '21:00', '22:00', '23:00'],
    ['‹'],
  ]);
  ann.press('17:00');
  expect(shown(ann)).toEqual([['·', '17:20', '17:40'], ['‹']]);
  ann.press('‹');
  ann.press('‹');
  expect(shown(ann)[0]?.[2]).toBe('Sep 2026');
  ann.press('22');
  ann.press('09:00');
  expect(ann.press('09:40')).toEqual(['(answer) 2026-09-22 09:40', '(call) editMessageReplyMarkup']);
  expect(ann.last.answers[0]?.value).toBe('2026-09-22T09:40:00+02:00');
  for (const detail of [
    'd2026-09-20',
    'd2026-09-23',
    'h2026-09-21-24',
    't2026-09-21-10-00',
    't2026-09-21',
    'h2026-09-21',
    't2026-09-21-10',
  ]) {
    const bob = askQuestion({ ...datetime, min: 'now+1h', max: 'today+1d' });
    expect(bob.play(callback(`~1.0.0:${detail}`))[0], detail).toBe('(answer) This button no longer works.');
  }
});

test('says which format and which range is expected', () => {
  expect(rejectionOf(datetime, 'x')).toBe('Please send a date and a time as YYYY-MM-DD HH:MM or DD.MM.YYYY HH:MM.');
  const inBerlin = { ...ENV, user: { ...ANN, attributes: { time_zone: 'Europe/Berlin' } } };
  expect(rejectionOf({ ...datetime, formats: ['DD.MM.YYYY'], min: 'now', max: 'now+1w' }, 'x', inBerlin)).toBe(
    'Please send a date and a time as DD.MM.YYYY HH:MM, from 21.09.2026 16:13 until 28.09.2026 16:13.',
  );
});
