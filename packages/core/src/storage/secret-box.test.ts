import { expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const OLD = 'an old key, long enough';
const NEW = 'a new key, long enough';
const place = { table: 'bot', column: 'token', row_id: '1' };

test('every master key decrypts a secret, but only in its own location', () => {
  const sealed = createSecretBox([OLD]).seal(place, '123:secret ü');
  expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]+\.[\w-]+\.[\w-]+$/);
  expect(sealed).not.toContain('secret');
  const box = createSecretBox([NEW, OLD]);
  expect(box.open(place, sealed)).toBe('123:secret ü');
  expect(box.isCurrent(sealed)).toBe(false);
  expect(createSecretBox([OLD]).isCurrent(sealed)).toBe(true);
  for (const elsewhere of [
    { ...place, row_id: '2' },
    { ...place, column: 'secret' },
    { ...place, table: 'user' },
  ]) {
    expect(() => box.open(elsewhere, sealed)).toThrow(expect.objectContaining({ code: 'SECRET_UNREADABLE' }));
  }
});

test('a changed character makes a secret unreadable, and no error contains the secret', () => {
  const box = createSecretBox([OLD]);
  const sealed = box.seal(place, 'CANARY');
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = `${sealed.slice(0, index)}${sealed[index] === 'A' ? 'B' : 'A'}${sealed.slice(index + 1)}`;
    let opened: unknown;
    try {
      opened = box.open(place, changed);
    } catch (error) {
      opened = error;
    }
    // The last character of a base64 part can contain unused bits.
    if (opened === 'CANARY') continue;
    expect(opened).toMatchObject({ code: 'SECRET_UNREADABLE' });
    expect(String(opened)).not.toContain('CANARY');
  }
  for (const text of ['', 'plain', 'v2.a.b.c.d', `${sealed}.x`])
    expect(() => box.open(place, text)).toThrow(expect.objectContaining({ code: 'SECRET_UNREADABLE' }));
});

test('a secret of another master key throws an error that names the option', () => {
  const sealed = createSecretBox([OLD]).seal(place, 'secret');
  expect(() => createSecretBox([NEW]).open(place, sealed)).toThrow(/master key that is missing.*option `secrets`/);
});

test('every secret has a new nonce', () => {
  const box = createSecretBox([OLD]);
  const nonces = new Set(Array.from({ length: 20_000 }, () => box.seal(place, 'x').split('.')[2]));
  expect(nonces.size).toBe(20_000);
});

test('throws OPTIONS_INVALID for no master key or a short one', () => {
  for (const keys of [[], ['short']])
    expect(() => createSecretBox(keys)).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }));
});
