import { describe, expect, expectTypeOf, it } from 'vitest';
import { codeOnly, contract, endpoint, listEndpoints } from '../contract/index.ts';
import type { Bot, Page, Scope } from '../model/index.ts';
import { createApiKeyText } from './api-keys/api-key-format.ts';
import type { AppContext } from './app-context.ts';
import { createTestBotloom } from './fixtures/create-test-botloom.ts';
import { useCases, type UseCases } from './index.ts';
import type { PageInput } from './page-input.ts';
import type { UseCaseTable } from './use-case-table.ts';

const get = endpoint({
  method: 'GET',
  path: '/api/bots/:id',
  permission: 'read',
  response: 'empty',
  errors: [],
  summary: 'Get a thing',
});
const page = endpoint({
  method: 'GET',
  path: '/api/docs',
  permission: null,
  http_only: true,
  response: 'html',
  errors: [],
  summary: 'A page',
});
const table = { things: { get, page, count: codeOnly('Counts the things of all owners.') }, site: { page } };
type Table = UseCaseTable<typeof table>;

const useCase = (_context: AppContext, _scope: Scope, id: string): string => id;

describe('a table of use cases', () => {
  it('has a use case for every entry of the contract that is not http_only', () => {
    const complete = { things: { get: useCase, count: () => 1 } } satisfies Table;
    const incomplete = [
      // @ts-expect-error an endpoint without its use case
      { things: { count: () => 1 } } satisfies Table,
      // @ts-expect-error a code-only entry without its use case
      { things: { get: useCase } } satisfies Table,
      // @ts-expect-error a group without its use cases
      {} satisfies Table,
      // @ts-expect-error a use case without an endpoint that the contract does not mark as code-only
      { things: { get: useCase, count: () => 1, rename: useCase } } satisfies Table,
      // @ts-expect-error a use case for an endpoint that only HTTP knows
      { things: { get: useCase, count: () => 1, page: useCase } } satisfies Table,
      // @ts-expect-error a group that the contract does not have
      { things: { get: useCase, count: () => 1 }, others: { get: useCase } } satisfies Table,
      // @ts-expect-error not a use case: it starts with its own arguments
      { things: { get: (id: string) => id, count: () => 1 } } satisfies Table,
    ];
    expect([complete, ...incomplete]).toHaveLength(8);
  });

  it('belongs to a contract whose endpoints are all that REST and the client have', () => {
    const names = listEndpoints(table).map(({ group, name }) => `${group}.${name}`);
    expect(names).toEqual(['things.get', 'things.page', 'site.page']);
  });

  it('derives the functions of botloom from the use cases', () => {
    expectTypeOf<UseCases['bots']['get']>().toEqualTypeOf<(id: string) => Promise<Bot>>();
    expectTypeOf<UseCases['bots']['list']>().toEqualTypeOf<(page?: PageInput) => Promise<Page<Bot>>>();
    expectTypeOf<UseCases['system']['ready']>().toEqualTypeOf<() => Promise<{ readonly status: 'ready' }>>();
    expectTypeOf<UseCases['send']>().toEqualTypeOf<UseCases['messages']['send']>();
    expectTypeOf<UseCases['apiKeys']['count']>().toEqualTypeOf<() => Promise<number>>();
  });
});

describe('the API surface', () => {
  it('has the same names in botloom, in the client and in REST', async () => {
    const { botloom, close } = await createTestBotloom();
    const named = Object.entries(useCases).flatMap(([group, members]) =>
      Object.keys(members).map((name) => `${group}.${name}`),
    );
    const groups = botloom as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    for (const name of named) {
      const [group = '', member = ''] = name.split('.');
      expect(groups[group]?.[member], name).toBeTypeOf('function');
    }
    const inRest = listEndpoints(contract)
      .filter(({ endpoint: { http_only } }) => http_only !== true)
      .map(({ group, name }) => `${group}.${name}`);
    expect(named.filter((name) => !inRest.includes(name)).sort()).toEqual([
      'apiKeys.count',
      'apiKeys.create',
      'apiKeys.find',
      'flows.update',
    ]);
    expect(inRest.filter((name) => !named.includes(name))).toEqual([]);
    await close();
  });

  it('answers readiness', async () => {
    const { botloom, close } = await createTestBotloom();
    expect(await botloom.system.ready()).toEqual({ status: 'ready' });
    await close();
  });

  it('keeps the use cases for all owners out of a scope that is confined to one', async () => {
    const { botloom, close } = await createTestBotloom();
    const { key } = await botloom.apiKeys.create({ name: 'x' });
    const { apiKeys } = botloom.withScope({ owner: 'ann' });
    for (const attempt of [apiKeys.create({ name: 'mine' }), apiKeys.find(key), apiKeys.count()])
      await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await apiKeys.list()).items).toEqual([]);
    await close();
  });

  it('finds a key by its text, and nothing by a mistyped or revoked one', async () => {
    const { botloom, close } = await createTestBotloom();
    const { id, key } = await botloom.apiKeys.create({ name: 'x' });
    expect(await botloom.apiKeys.find(key)).toMatchObject({ id, name: 'x' });
    expect(await botloom.apiKeys.find(`${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`)).toBeNull();
    await botloom.apiKeys.revoke(id);
    expect(await botloom.apiKeys.find(key)).toBeNull();
    await close();
  });
});

it('does not ask the database for a key with a wrong checksum', async () => {
  const key = createApiKeyText();
  const mistyped = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
  const asked: string[] = [];
  const storage = { api_keys: { findByHash: (hash: string) => Promise.resolve(asked.push(hash)) } };
  const context = { storage } as unknown as AppContext;
  expect(await useCases.apiKeys.find(context, { owner: null }, mistyped)).toBeNull();
  expect(asked).toEqual([]);
});
