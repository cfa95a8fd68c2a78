import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keyFileOf, masterKeys } from './master-keys.ts';

const root = mkdtempSync(join(tmpdir(), 'botloom-keys-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

it('creates a key file once, next to the database, readable by its owner only', () => {
  const file = join(root, 'new', 'bots.db');
  const [key] = masterKeys({ secrets: [], database: { kind: 'sqlite', file } });
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
  expect(readFileSync(keyFileOf(file), 'utf8')).toBe(`${key}\n`);
  expect(statSync(keyFileOf(file)).mode & 0o777).toBe(0o600);
  expect(masterKeys({ secrets: [], database: { kind: 'sqlite', file } })).toEqual([key]);
});

it('uses the keys of the settings and creates no file', () => {
  const file = join(root, 'given.db');
  expect(masterKeys({ secrets: ['a', 'b'], database: { kind: 'sqlite', file } })).toEqual(['a', 'b']);
  expect(statSync(keyFileOf(file), { throwIfNoEntry: false })).toBeUndefined();
});

it('does not create a new key for a database whose key file is missing', () => {
  const file = join(root, 'old.db');
  writeFileSync(file, 'tables');
  expect(() => masterKeys({ secrets: [], database: { kind: 'sqlite', file } })).toThrow(
    /its master key file .*old\.secret is missing/,
  );
});

it('uses a temporary key for a database in memory', () => {
  expect(masterKeys({ secrets: [], database: { kind: 'sqlite', file: ':memory:' } })).toHaveLength(1);
});
