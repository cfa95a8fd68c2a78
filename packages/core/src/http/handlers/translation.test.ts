import { expect, it } from 'vitest';
import { z } from 'zod';
import type { AppContext, UseCaseTable } from '../../app/index.ts';
import { endpoint } from '../../contract/index.ts';
import type { Scope } from '../../model/index.ts';
import type { Translations } from './translation.ts';

const common = { permission: 'write', errors: [], summary: '' } as const;
const table = {
  things: {
    get: endpoint({ ...common, method: 'GET', path: '/api/bots/:id', response: z.object({ name: z.string() }) }),
    set: endpoint({
      ...common,
      method: 'PUT',
      path: '/api/bots/:id',
      body: z.strictObject({ value: z.string() }),
      response: z.object({ name: z.string() }),
    }),
  },
};
const get = (_context: AppContext, _scope: Scope, _id: string) => Promise.resolve({ name: 'x' });
const set = (_context: AppContext, _scope: Scope, _id: string, _value: string) => Promise.resolve('x');
const useCases = { things: { get, set } } satisfies UseCaseTable<typeof table>;
type Needed = Translations<typeof table, typeof useCases>;

it('is required only where an endpoint does not fit its use case', () => {
  const args = ({
    params,
    body,
  }: {
    readonly params: { readonly id: string };
    readonly body: { value: string };
  }): [string, string] => [params.id, body.value];
  const complete = { 'things.set': { args, answer: (name) => ({ name }) } } satisfies Needed;
  const incomplete = [
    // @ts-expect-error the arguments and the answer of `set` do not fit
    {} satisfies Needed,
    // @ts-expect-error the answer of `set` does not fit
    { 'things.set': { args } } satisfies Needed,
    // @ts-expect-error the arguments of `set` do not fit
    { 'things.set': { answer: (name) => ({ name }) } } satisfies Needed,
    // @ts-expect-error there is no such endpoint
    { ...complete, 'things.rename': {} } satisfies Needed,
    // @ts-expect-error not the answer of the endpoint
    { 'things.set': { args, answer: (name) => ({ title: name }) } } satisfies Needed,
  ];
  expect([complete, ...incomplete]).toHaveLength(6);
  expect(Object.keys(useCases.things)).toEqual(Object.keys(table.things));
});
