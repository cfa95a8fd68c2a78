import { expect, it } from 'vitest';
import { createApiKeyText, hashApiKey, hasValidKeyFormat } from './api-key-format.ts';

it('creates different keys with a valid checksum', () => {
  const keys = Array.from({ length: 200 }, createApiKeyText);
  expect(new Set(keys).size).toBe(200);
  for (const key of keys) {
    expect(key).toMatch(/^botloom_[0-9A-Za-z]{49}$/);
    expect(hasValidKeyFormat(key)).toBe(true);
  }
});

it('detects a mistyped key and accepts a chosen one', () => {
  const key = createApiKeyText();
  const other = key[20] === 'a' ? 'b' : 'a';
  expect(hasValidKeyFormat(key.slice(0, 20) + other + key.slice(21))).toBe(false);
  expect(hasValidKeyFormat('botloom_my-own-key')).toBe(true);
  expect(hashApiKey('a')).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
});
