import { expect, test } from 'vitest';
import { parseResponseBody } from './parse-response-body.ts';

const read = (text: string, type = 'application/json') => parseResponseBody(Buffer.from(text), type);

test('parses JSON, text and an empty body', () => {
  expect(read('{"a":[1,"]"]}')).toEqual({ value: { a: [1, ']'] } });
  expect(read('[1]', '')).toEqual({ value: [1] });
  expect(read('hello', 'text/plain')).toEqual({ value: 'hello' });
  expect(read('{broken')).toEqual({ value: '{broken' });
  expect(read('')).toEqual({ value: null });
});

test('rejects JSON that is nested deeper than 64 levels', () => {
  expect(read('['.repeat(1_000_000))).toBeNull();
  expect(read(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`)).toBeNull();
  expect(read(`${'['.repeat(64)}${']'.repeat(64)}`)).not.toBeNull();
});

test('replaces U+0000 and lone surrogates, and removes __proto__', () => {
  expect(read('{"a\\u0000":"x\\u0000\\ud800","__proto__":{"x":1}}')).toEqual({ value: { 'a\uFFFD': 'x\uFFFD\uFFFD' } });
});
