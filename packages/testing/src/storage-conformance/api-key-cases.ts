import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectCode, readAll } from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function apiKeyCases({ storage }: CaseGroup): void {
  test('a key is found by its hash until it expires or is revoked', async () => {
    const before = await storage().api_keys.count();
    const key = {
      id: randomUUID(),
      name: 'CI',
      hash: randomUUID(),
      permissions: ['read', 'write'] as const,
      owner: 'ann',
      expires_at: null,
    };
    const made = await storage().api_keys.create(key);
    expect(made).toMatchObject({
      id: key.id,
      name: 'CI',
      permissions: ['read', 'write'],
      owner: 'ann',
      expires_at: null,
    });
    expect(await storage().api_keys.findByHash(key.hash)).toEqual(made);
    expect(await storage().api_keys.findByHash('other')).toBeNull();
    expect(await storage().api_keys.count()).toBe(before + 1);
    expect(await storage().api_keys.revoke({ owner: 'bob' }, key.id)).toBe(false);
    expect(await storage().api_keys.findByHash(key.hash)).toEqual(made);
    expect(await storage().api_keys.revoke({ owner: 'ann' }, key.id)).toBe(true);
    expect(await storage().api_keys.revoke({ owner: null }, key.id)).toBe(false);
    expect(await storage().api_keys.findByHash(key.hash)).toBeNull();
    const old = { ...key, id: randomUUID(), hash: randomUUID(), expires_at: '2020-01-01T00:00:00.000Z' };
    await storage().api_keys.create(old);
    expect(await storage().api_keys.findByHash(old.hash)).toBeNull();
    const renewed = await storage().api_keys.create({ ...old, id: randomUUID(), expires_at: null });
    expect(await storage().api_keys.findByHash(old.hash)).toEqual(renewed);
    expect(
      await storage().api_keys.create({ ...old, id: randomUUID(), name: 'a second process', expires_at: null }),
    ).toEqual(renewed);
    const later = { ...key, id: randomUUID(), hash: randomUUID(), expires_at: '2100-01-01T00:00:00.000Z' };
    await storage().api_keys.create(later);
    expect(await storage().api_keys.findByHash(later.hash)).toMatchObject({ expires_at: later.expires_at });
  });

  test('the list is paged, newest first, and an owner sees only their own keys', async () => {
    const [ann, bob] = [randomUUID(), randomUUID()];
    const made = [];
    for (const owner of [ann, bob, ann, null, ann]) {
      made.push(
        await storage().api_keys.create({
          id: randomUUID(),
          name: 'k',
          hash: randomUUID(),
          permissions: ['read'],
          owner,
          expires_at: '2020-01-01T00:00:00.000Z',
        }),
      );
    }
    const list = (owner: string | null) =>
      readAll((cursor) => storage().api_keys.list({ owner }, { limit: 2, cursor }));
    const ids = (keys: readonly { readonly id: string }[]) => keys.map(({ id }) => id).sort();
    expect(ids(await list(ann))).toEqual(ids(made.filter(({ owner }) => owner === ann)));
    expect(await list('')).toEqual([]);
    const all = await list(null);
    expect(ids(all)).toEqual(expect.arrayContaining(ids(made)));
    expect(all.map(({ created_at }) => created_at)).toEqual(
      all
        .map(({ created_at }) => created_at)
        .sort()
        .reverse(),
    );
    await expectCode(storage().api_keys.list({ owner: null }, { limit: 1, cursor: 'x' }), 'CURSOR_INVALID');
  });
}
