import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCallback, encodeCallback } from './callback-data.ts';

const detail = fc.stringMatching(/^[a-z0-9-]{1,30}$/);

test('what is encoded is decoded, in 64 bytes at most', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(1000), fc.nat(100), fc.option(detail), (version_id, step, button, detail) => {
      const data = encodeCallback(version_id, step, button, detail);
      expect(new TextEncoder().encode(data).length).toBeLessThanOrEqual(64);
      expect(decodeCallback(data)).toEqual({ version_id, step, button, detail });
    }),
  );
});

test('data without a detail, as old messages have it, is read as ever', () => {
  expect(decodeCallback('~2s.1.4')).toEqual({ version_id: 100, step: 1, button: 4, detail: null });
  expect(decodeCallback('~2s.1.0:d2026-12-24')).toEqual({ version_id: 100, step: 1, button: 0, detail: 'd2026-12-24' });
});

test('W19 forged data is nobody’s', () => {
  for (const data of [
    '',
    '~',
    '~1.2',
    '~1.2.3.4',
    '~01.0.0',
    '~1.0.0 ',
    '~1.-1.0',
    '~zzzzzzzzzzzzzzzz.0.0',
    '~1.0.0\u0000',
    'menu:1',
    '~1.0.0:',
    '~1.0.0:A',
    '~1.0.0:a:b',
    '~1:0.0',
    `~1.0.0:${'a'.repeat(31)}`,
    `~${'9'.repeat(64)}`,
  ]) {
    expect(decodeCallback(data), data).toBeNull();
  }
});
