import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCallback, encodeCallback } from './callback-data.ts';

test('what is encoded is decoded, in 64 bytes at most', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(1000), fc.nat(100), (version_id, step, button) => {
      const data = encodeCallback(version_id, step, button);
      expect(new TextEncoder().encode(data).length).toBeLessThanOrEqual(64);
      expect(decodeCallback(data)).toEqual({ version_id, step, button });
    }),
  );
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
    `~${'9'.repeat(64)}`,
  ]) {
    expect(decodeCallback(data), data).toBeNull();
  }
});
