import { expect, it } from 'vitest';
import type { Principal } from '../model/index.ts';
import { authenticate, authorize } from './authenticate.ts';
import type { RequestHead } from './http-types.ts';

const key = 'botloom_of-ann';
const findApiKey = (given: string) => {
  const record = {
    id: 'k1',
    name: 'x',
    permissions: ['read' as const],
    owner: 'ann',
    created_at: '',
    expires_at: null,
  };
  return Promise.resolve(given === key ? record : null);
};
const head = (authorization?: string): RequestHead => ({
  method: 'GET',
  path: '/',
  search: '',
  params: {},
  headers: { authorization },
  base: '',
  native: 'the request',
});

it('accepts a known key, with "Bearer" in any case', async () => {
  for (const scheme of ['Bearer', 'bearer'])
    expect(await authenticate(head(`${scheme} ${key}`), { findApiKey })).toEqual({
      id: 'api_key:k1',
      permissions: ['read'],
      owner: 'ann',
    });
});

it('refuses a key that is not known', async () => {
  await expect(authenticate(head(`Bearer ${key}x`), { findApiKey })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

it('asks the host first, with the native request', async () => {
  const principal: Principal = { id: 'host:1', permissions: ['admin'], owner: null };
  const seen: unknown[] = [];
  const host = ({ native }: RequestHead) => {
    seen.push(native);
    return principal;
  };
  expect(await authenticate(head(), { findApiKey, authenticate: host })).toEqual(principal);
  expect(seen).toEqual(['the request']);
  expect(await authenticate(head(`Bearer ${key}`), { findApiKey, authenticate: () => null })).toMatchObject({
    owner: 'ann',
  });
  await expect(authenticate(head(), { findApiKey, authenticate: () => Promise.resolve(null) })).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});

it.each(['', undefined, [], {}, 0])('never treats the owner %j as "all owners"', async (owner) => {
  // A value that a host in plain JavaScript could return.
  const wrong = { id: 'x', permissions: ['admin'], owner } as unknown as Principal;
  await expect(authenticate(head(), { findApiKey, authenticate: () => wrong })).rejects.toBeInstanceOf(TypeError);
});

const WRONG_PERMISSIONS: readonly unknown[] = [
  ['viewer'],
  ['Read'],
  ['toString'],
  ['__proto__'],
  [null],
  [['admin']],
  ['read', 'guest'],
  'admin',
  { 0: 'admin', length: 1 },
];

it.each(WRONG_PERMISSIONS.map((permissions) => ({ permissions })))(
  'does not make a caller with the permissions $permissions an admin',
  async ({ permissions }) => {
    const wrong = { id: 'x', permissions, owner: null } as unknown as Principal;
    await expect(authenticate(head(), { findApiKey, authenticate: () => wrong })).rejects.toBeInstanceOf(TypeError);
  },
);

it.each(['viewer', 'Read', 'toString', '__proto__', null, ['admin'], Number.NaN])(
  'denies every call to a caller with the permission %j',
  (permission) => {
    const wrong = { id: 'x', permissions: [permission], owner: null } as unknown as Principal;
    for (const needed of ['read', 'write', 'admin'] as const) {
      expect(() => authorize(wrong, needed)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
  },
);

it('ignores permissions without a rank', () => {
  const mixed = { id: 'x', permissions: ['read', 'guest'], owner: null } as unknown as Principal;
  expect(() => authorize(mixed, 'read')).not.toThrow();
  expect(() => authorize(mixed, 'write')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
});

it('ranks permissions', () => {
  const may = (permissions: Principal['permissions'], needed: 'read' | 'write' | 'admin'): boolean => {
    try {
      authorize({ id: 'x', permissions, owner: null }, needed);
      return true;
    } catch {
      return false;
    }
  };
  expect([
    may(['read'], 'read'),
    may(['read'], 'write'),
    may(['write'], 'read'),
    may(['admin'], 'write'),
    may([], 'read'),
    may(['read', 'write'], 'write'),
  ]).toEqual([true, false, true, true, false, true]);
});
