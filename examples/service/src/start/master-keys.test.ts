import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keyFileOf, masterKeys } from './master-keys.ts';

const root = mkdtempSync(join(tmpdir(), 'botloom-keys-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

it('makes a key once, beside the database, for its owner only', () => {
  const file = join(root, 'new', 'bots.db');
  const [key] = masterKeys({ secrets: [], database: { kind: 'sqlite', file } });
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
  expect(readFileSync(keyFileOf(file), 'utf8')).toBe(`${key}\n`);
  expect(statSync(keyFileOf(file)).mode & 0o777).toBe(0o600);
  expect(masterKeys({ secrets: [], database: { kind: 'sqlite', file } })).toEqual([key]);
});

it('uses the keys that are given, and makes no file', () => {
  const file = join(root, 'given.db');
  expect(masterKeys({ secrets: ['a', 'b'], database: { kind: 'sqlite', file } })).toEqual(['a', 'b']);
  expect(statSync(keyFileOf(file), { throwIfNoEntry: false })).toBeUndefined();
});

it('makes no new key for a database that has lost its own', () => {
  const file = join(root, 'old.db');
  writeFileSync(file, 'tables');
  expect(() => masterKeys({ secrets: [], database: { kind: 'sqlite', file } })).toThrow(
    /its master key .*old\.secret is not/,
  );
});

it('has a key for the time of the process when nothing is kept', () => {
  expect(masterKeys({ secrets: [], database: { kind: 'sqlite', file: ':memory:' } })).toHaveLength(1);
});
