import { expect, test } from 'vitest';
import { answerTo, askQuestion, rejectionOf, shown } from '../fixtures/ask-question.ts';
import { callback } from '../fixtures/dialogue.ts';

test.each([
  [{}, '5', 5],
  [{}, '１', 1],
  [{}, '٣', 3],
  [{}, '⭐⭐⭐', 3],
  [{}, '⭐️⭐️', 2],
  [{}, '0', undefined],
  [{}, '6', undefined],
  [{}, '2.5', undefined],
  [{}, '⭐⭐⭐⭐⭐⭐', undefined],
  [{}, 'great', undefined],
  [{ max: 10 }, '10', 10],
  [{ max: 3 }, '4', undefined],
])('%j: %j is %j', (question, said, value) => {
  expect(answerTo({ input: 'rating', ...question }, said)).toBe(value);
});

test('pressed', () => {
  const stars = askQuestion({ input: 'rating', max: 3 });
  expect(shown(stars)).toEqual([['⭐⭐⭐'], ['⭐⭐'], ['⭐']]);
  stars.press('⭐⭐');
  expect(stars.last.answers[0]?.value).toBe(2);
  const numbers = askQuestion({ input: 'rating', max: 7, style: 'numbers' });
  expect(shown(numbers)).toEqual([
    ['1', '2', '3', '4', '5'],
    ['6', '7'],
  ]);
  numbers.press('7');
  expect(numbers.last.answers[0]?.value).toBe(7);
  expect(askQuestion({ input: 'rating' }).play(callback('~1.0.0:r6'))[0]).toBe('(answer) This button no longer works.');
  expect(rejectionOf({ input: 'rating' }, 'x')).toBe('Please choose a rating, or send a number from 1 to 5.');
});
