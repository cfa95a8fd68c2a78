import { expect, test } from 'vitest';
import { answerTo, rejectionOf } from '../fixtures/ask-question.ts';

test.each([
  ['https://example.com', 'https://example.com/'],
  ['HTTP://Example.com/Path?q=1#x', 'http://example.com/Path?q=1#x'],
  ['example.com', 'https://example.com/'],
  ['example.com:8080/a', 'https://example.com:8080/a'],
  [' www.example.com/a b '.replace(' b', ''), 'https://www.example.com/a'],
  ['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai/'],
  ['\u200ehttps://example.com\u200e', 'https://example.com/'],
])('%j is %j', (said, value) => {
  expect(answerTo({ input: 'url' }, said)).toBe(value);
});

test.each([
  'word',
  'javascript:alert(1)',
  'ftp://example.com',
  'https://',
  'https://localhost',
  'two words.com',
  'https://user:pass@example.com',
  'mailto:a@example.com',
  'data:text/html,x',
  'file:///etc/passwd',
  `https://example.com/${'a'.repeat(2048)}`,
  'https://exa<mple.com',
  '.com',
  'http:///x',
])('%j is refused', (said) => {
  expect(answerTo({ input: 'url' }, said)).toBeUndefined();
});

test('states the expected format', () => {
  expect(rejectionOf({ input: 'url' }, 'word')).toBe('Please send a web address, such as https://example.com.');
});
