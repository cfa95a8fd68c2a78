import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Group } from './storage-target.ts';

export function apiKeyCases({ storage }: Group): void {
  test('a key is found by its hash until it expires or is revoked', async () => {
    const before = await storage().api_keys.count();
    const key = { id: randomUUID(), name: 'CI', hash: randomUUID(), permissions: ['read', 'write'] as const, owner: 'ann', expires_at: null };
    const made = await storage().api_keys.create(key);
    expect(made).toMatchObject({ id: key.id, name: 'CI', permissions: ['read', 'write'], owner: 'ann', expires_at: null });
    expect(await storage().api_keys.findByHash(key.hash)).toEqual(made);
    expect(await storage().api_keys.findByHash('other')).toBeNull();
    expect(await storage().api_keys.count()).toBe(before + 1);
    await storage().api_keys.revoke(key.id);
    expect(await storage().api_keys.findByHash(key.hash)).toBeNull();
    const old = { ...key, id: randomUUID(), hash: randomUUID(), expires_at: '2020-01-01T00:00:00.000Z' };
    await storage().api_keys.create(old);
    expect(await storage().api_keys.findByHash(old.hash)).toBeNull();
    const renewed = await storage().api_keys.create({ ...old, id: randomUUID(), expires_at: null });
    expect(await storage().api_keys.findByHash(old.hash)).toEqual(renewed);
    expect(await storage().api_keys.create({ ...old, id: randomUUID(), name: 'a second process', expires_at: null })).toEqual(renewed);
    const later = { ...key, id: randomUUID(), hash: randomUUID(), expires_at: '2100-01-01T00:00:00.000Z' };
    await storage().api_keys.create(later);
    expect(await storage().api_keys.findByHash(later.hash)).toMatchObject({ expires_at: later.expires_at });
  });
}
