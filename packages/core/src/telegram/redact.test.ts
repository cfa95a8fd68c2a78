import { expect, test } from 'vitest';
import { redact } from './redact.ts';

const token = '123456789:AAErealLookingTokenOf35Characters_-x';

test.each([
  [`GET https://api.telegram.org/bot${token}/getMe failed`, 'GET https://api.telegram.org/bot<token>/getMe failed'],
  [`https://api.telegram.org/file/bot${token}/photos/a.jpg`, 'https://api.telegram.org/file/bot<token>/photos/a.jpg'],
  [`/bot1:short/getMe`, '/bot<token>/getMe'],
  [`${token},${token}`, '<token>,<token>'],
  ['at 12:30:05, order 42:abc', 'at 12:30:05, order 42:abc'],
])('%s', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

test('redacts the given secrets, also in their URL-encoded form', () => {
  expect(redact('a s3cret/x b s3cret%2Fx', 's3cret/x', null, '')).toBe('a <token> b <token>');
});
