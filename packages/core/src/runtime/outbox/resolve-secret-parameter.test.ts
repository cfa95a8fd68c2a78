import { expect, test } from 'vitest';
import { MissingSecretError, resolveSecretParameter } from './resolve-secret-parameter.ts';

const open = (bot_id: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  Promise.resolve(new Map(names.filter((name) => name === 'STRIPE').map((name) => [name, `${name} of ${bot_id}`])));

test('the secret is put where the parameter names it', async () => {
  const payload = { title: 'Tea', provider_token: { $secret: 'STRIPE' }, prices: [{ amount: 1 }] };
  expect(await resolveSecretParameter('b', payload, { open })).toEqual({
    title: 'Tea',
    provider_token: 'STRIPE of b',
    prices: [{ amount: 1 }],
  });
});

test('a call without any waits for nothing, and no other parameter can be one', () => {
  const payload = { text: '{"$secret": "STRIPE"}', reply_markup: { $secret: 'STRIPE' }, provider_token: '' };
  expect(resolveSecretParameter('b', payload, { open })).toBe(payload);
});

test('a secret that is gone is told by its name', async () => {
  await expect(resolveSecretParameter('b', { provider_token: { $secret: 'OLD' } }, { open })).rejects.toThrow(
    new MissingSecretError('OLD'),
  );
});
