import { expect, test } from 'vitest';
import { cpuTime } from '../../fixtures/cpu-time.ts';
import { answerTo, rejectionOf } from '../fixtures/ask-question.ts';
import { photo } from '../fixtures/dialogue.ts';

test.each([
  [{}, 'Hello', 'Hello'],
  [{}, 'مرحبا', 'مرحبا'],
  [{ min_length: 2, max_length: 3 }, '👨‍👩‍👧', undefined],
  [{ max_length: 3 }, '🙂🙂🙂', '🙂🙂🙂'],
  [{ max_length: 3 }, 'four', undefined],
  [{ min_length: 2 }, ' a ', undefined],
  [{ min_length: 2 }, 'ab', 'ab'],
  [{ pattern: '^[A-Z]{2}-\\d+$' }, 'AB-12', 'AB-12'],
  [{ pattern: '^[A-Z]{2}-\\d+$' }, 'ab-12', undefined],
  [{ pattern: '(?i)^[A-Z]{2}-\\d+$' }, 'ab-12', 'ab-12'],
  [{ pattern: '\\p{Cyrillic}' }, 'слово', 'слово'],
  [{ pattern: 'b' }, 'abc', 'abc'],
])('%j: %j is %j', (question, said, value) => {
  expect(answerTo(question, said)).toBe(value);
});

test('says which length is expected', () => {
  expect(rejectionOf({ min_length: 2, max_length: 3 }, 'a')).toBe('Please answer with a text of 2 to 3 characters.');
  expect(rejectionOf({ min_length: 2 }, 'a')).toBe('Please answer with a text of at least 2 characters.');
  expect(rejectionOf({ max_length: 2 }, 'abc')).toBe('Please answer with a text of at most 2 characters.');
  expect(rejectionOf({ pattern: '^x$' }, 'y')).toBe('Please answer in the requested format.');
  expect(rejectionOf({ pattern: '^x$' }, photo('x'))).toBe('Please answer with a text message.');
});

test('a pattern that makes backtracking engines hang does not hang, on the longest text', () => {
  const milliseconds = cpuTime(() => {
    expect(answerTo({ pattern: '^(a+)+$' }, `${'a'.repeat(4095)}!`)).toBeUndefined();
  });
  expect(milliseconds).toBeLessThan(1000);
});
