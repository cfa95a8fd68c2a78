import { describe, expect, test } from 'vitest';
import type { RequestBody, RequestHead } from '../http-types.ts';
import { createMemoryBudget } from './memory-budget.ts';
import { readBytes } from './read-bytes.ts';

const head = (headers: RequestHead['headers'] = { 'content-type': 'image/png' }): RequestHead => ({
  method: 'POST',
  path: '/',
  search: '',
  params: {},
  headers,
  base: '',
  native: null,
});
const parsed = (value: unknown): RequestBody => ({ kind: 'parsed', value });

describe('a body of bytes', () => {
  test('is read, or accepted as a parser of the host has left it', async () => {
    const bytes = Buffer.from('abc');
    expect(
      await readBytes(head({ 'content-type': 'Image/PNG ; a=b' }), { kind: 'unread', read: async () => bytes }, 3),
    ).toEqual({ content_type: 'image/png', bytes });
    expect(await readBytes(head(), parsed(bytes), 3)).toEqual({ content_type: 'image/png', bytes });
  });

  test.each([
    [
      'a body that a parser has parsed',
      head({ 'content-type': 'application/json' }),
      parsed({ a: 1 }),
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    ['a body that a parser has decoded to a string', head(), parsed('text'), 'MEDIA_TYPE_UNSUPPORTED'],
    ['a body over the limit', head(), parsed(Buffer.from('abcd')), 'BODY_TOO_LARGE'],
    ['a missing body', head(), { kind: 'none' }, 'VALIDATION_FAILED'],
    ['an empty file', head(), parsed(Buffer.alloc(0)), 'VALIDATION_FAILED'],
    ['a missing type', head({}), parsed(Buffer.from('abc')), 'MEDIA_TYPE_UNSUPPORTED'],
    [
      'an overlong type',
      head({ 'content-type': `image/${'x'.repeat(200)}` }),
      parsed(Buffer.from('abc')),
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    ['plain text', head({ 'content-type': 'TEXT/plain' }), parsed(Buffer.from('abc')), 'MEDIA_TYPE_UNSUPPORTED'],
  ] satisfies [string, RequestHead, RequestBody, string][])('%s is refused', async (_, given, body, code) => {
    await expect(readBytes(given, body, 3)).rejects.toMatchObject({ code });
  });
});

test('bodies that exceed the memory budget together are refused until memory is free', () => {
  const take = createMemoryBudget(100);
  const release = take(60);
  expect(() => take(41)).toThrow(expect.objectContaining({ code: 'UNAVAILABLE', retryAfter: 1 }));
  const other = take(40);
  release();
  take(60);
  other();
  expect(() => take(41)).toThrow();
});
