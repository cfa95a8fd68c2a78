import { expect, test } from 'vitest';
import { answerTo, rejectionOf } from '../fixtures/ask-question.ts';
import { photo } from '../fixtures/dialogue.ts';

test.each([
  ['ann@example.com', 'ann@example.com'],
  ['  ann@example.com \n', 'ann@example.com'],
  ['Ann.Lee+tag@Example.COM', 'Ann.Lee+tag@example.com'],
  ["o'neil_x-1@sub.example.co.uk", "o'neil_x-1@sub.example.co.uk"],
  ['почта@пример.рф', 'почта@пример.рф'],
  ['\u200fann@example.com\u200e', 'ann@example.com'],
  ['ann@xn--e1afmkfd.xn--p1ai', 'ann@xn--e1afmkfd.xn--p1ai'],
])('%j is %j', (said, value) => {
  expect(answerTo({ input: 'email' }, said)).toBe(value);
});

test.each([
  'ann',
  'ann@',
  '@example.com',
  'ann@example',
  'a b@example.com',
  'ann@exa mple.com',
  'ann@@example.com',
  'ann@example..com',
  '.ann@example.com',
  'ann.@example.com',
  'ann@-example.com',
  'ann@example-.com',
  'ann@example.c',
  'ann@127.0.0.1',
  '"ann"@example.com',
  'a@b.com, c@d.com',
  'mailto:ann@example.com',
  `${'a'.repeat(65)}@example.com`,
  `ann@${'a'.repeat(250)}.com`,
])('%j is refused', (said) => {
  expect(answerTo({ input: 'email' }, said)).toBeUndefined();
});

test('states the expected format', () => {
  expect(rejectionOf({ input: 'email' }, photo('ann@example.com'))).toBe(
    'Please send an e-mail address, such as name@example.com.',
  );
});
