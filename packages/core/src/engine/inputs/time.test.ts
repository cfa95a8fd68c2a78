import { expect, test } from 'vitest';
import { answerTo, askQuestion, rejectionOf, shown } from '../fixtures/ask-question.ts';
import { callback } from '../fixtures/dialogue.ts';

const time = { input: 'time' };

test.each([
  [{}, '18:30', '18:30'],
  [{}, '9:05', '09:05'],
  [{}, '9.05', '09:05'],
  [{}, '00:00', '00:00'],
  [{}, '6 pm', '18:00'],
  [{}, '6:30 PM', '18:30'],
  [{}, '12 am', '00:00'],
  [{}, '12:15 p.m.', '12:15'],
  [{}, '١٨:٣٠', '18:30'],
  [{}, ' 18:30 ', '18:30'],
  [{ min: '08:00', max: '18:30' }, '18:30', '18:30'],
  [{}, '24:00', undefined],
  [{}, '18:60', undefined],
  [{}, '18', undefined],
  [{}, '13 pm', undefined],
  [{}, '0 am', undefined],
  [{}, 'noon', undefined],
  [{}, '1830', undefined],
  [{}, '18:3', undefined],
  [{ min: '08:00' }, '07:59', undefined],
])('%j: %j is %j', (question, said, value) => {
  expect(answerTo({ ...time, ...question }, said)).toBe(value);
});

test('by buttons: hours lead to times, and back', () => {
  const ann = askQuestion({ ...time, min: '08:30', max: '10:15' });
  expect(shown(ann)).toEqual([['·', '·', '08:00', '09:00', '10:00', '·']]);
  ann.press('08:00');
  expect(shown(ann)).toEqual([['·', '·', '08:30', '08:45'], ['‹']]);
  ann.press('‹');
  ann.press('10:00');
  expect(shown(ann)).toEqual([['10:00', '10:15', '·', '·'], ['‹']]);
  expect(ann.press('10:15')).toEqual(['(answer) 10:15', '(call) editMessageReplyMarkup']);
  expect(ann.last.answers[0]?.value).toBe('10:15');
  const quick = askQuestion({ ...time, minute_step: 60 });
  expect(shown(quick).flat()).toHaveLength(24);
  for (const detail of ['h24', 't08-29', 't10-16', 't99-99', 'b']) {
    const bob = askQuestion({ ...time, min: '08:30', max: '10:15' });
    expect(bob.play(callback(`~1.0.0:${detail}`))[0], detail).toBe('(answer) This button no longer works.');
  }
});

test('states the expected format', () => {
  expect(rejectionOf(time, 'x')).toBe('Please send a time, such as 18:30.');
  expect(rejectionOf({ ...time, min: '08:00', max: '18:00' }, 'x')).toBe(
    'Please send a time, such as 18:30, from 08:00 until 18:00.',
  );
});
