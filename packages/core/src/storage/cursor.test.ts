import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

test('decoding returns the encoded values', () => {
  const values = [1_790_000_000_000, 'ü'] as const;
  expect(decodeCursor(encodeCursor(values), ['number', 'string'])).toEqual(values);
});

test('an invalid cursor throws CURSOR_INVALID', () => {
  const strange = [
    [],
    [1, 2, 3],
    ['1', '2'],
    [1.5, 'x'],
    [1, 'x\0'],
    [1, 'x'.repeat(300)],
    [null, null],
    {},
    'x',
    null,
  ].map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
  for (const cursor of [...strange, '', '%', '\u{1F600}']) {
    expect(() => decodeCursor(cursor, ['number', 'string'])).toThrow(
      expect.objectContaining({ code: 'CURSOR_INVALID' }),
    );
  }
});
