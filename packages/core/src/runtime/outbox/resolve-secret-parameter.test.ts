import { expect, test } from 'vitest';
import { MissingSecretError, resolveSecretParameter } from './resolve-secret-parameter.ts';

const open = (bot_id: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  Promise.resolve(new Map(names.filter((name) => name === 'STRIPE').map((name) => [name, `${name} of ${bot_id}`])));

test('replaces the parameter by the secret that it names', async () => {
  const payload = { title: 'Tea', provider_token: { $secret: 'STRIPE' }, prices: [{ amount: 1 }] };
  expect(await resolveSecretParameter('b', payload, { open })).toEqual({
    title: 'Tea',
    provider_token: 'STRIPE of b',
    prices: [{ amount: 1 }],
  });
});

test('returns a call without a secret synchronously, and ignores `$secret` in other parameters', () => {
  const payload = { text: '{"$secret": "STRIPE"}', reply_markup: { $secret: 'STRIPE' }, provider_token: '' };
  expect(resolveSecretParameter('b', payload, { open })).toBe(payload);
});

test('throws an error with the name of a secret that does not exist', async () => {
  await expect(resolveSecretParameter('b', { provider_token: { $secret: 'OLD' } }, { open })).rejects.toThrow(
    new MissingSecretError('OLD'),
  );
});
