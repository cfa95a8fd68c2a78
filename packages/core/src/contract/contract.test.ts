import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { ERROR_CODES } from '../errors/index.ts';
import type { Bot } from '../model/index.ts';
import {
  commonErrors,
  contract,
  endpoint,
  isBodyOptional,
  listEndpoints,
  PATH_PARAMS,
  successStatus,
  type BodyOf,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
} from './index.ts';

const all = listEndpoints(contract).map((named) => ({ ...named, title: `${named.group}.${named.name}` }));

describe('the contract', () => {
  it('accepts a missing body only if no member is required', () => {
    expect(
      all
        .filter(({ endpoint: { body } }) => isBodyOptional(body))
        .map(({ title }) => title)
        .sort(),
    ).toEqual(['bots.update', 'flows.start', 'users.update']);
  });

  it('has no two paths that match the same address', () => {
    const seen: string[] = [];
    for (const {
      endpoint: { method, path },
    } of all) {
      for (const other of seen) {
        const [otherMethod = '', otherPath = ''] = other.split(' ');
        expect(otherMethod === method && overlaps(path, otherPath), `${method} ${path} and ${other}`).toBe(false);
        expect(
          shape(path) !== shape(otherPath) || path === otherPath,
          `${path} and ${otherPath} name one parameter differently`,
        ).toBe(true);
      }
      seen.push(`${method} ${path}`);
    }
  });

  it.each(all)('$title uses only literals and known parameters', ({ endpoint: { path } }) => {
    for (const part of path.slice(1).split('/')) expect(part).toMatch(/^(?:[a-z][a-z0-9_.]*|:[a-z_]+)$/);
    for (const [, name] of path.matchAll(/:([a-z_]+)/g)) expect(Object.keys(PATH_PARAMS)).toContain(name);
  });

  it.each(all)('$title lists existing error codes, each once', ({ endpoint: call }) => {
    const codes = [...call.errors, ...commonErrors(call)];
    for (const code of codes) expect(ERROR_CODES).toHaveProperty(code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(all)('$title converts to JSON Schema', ({ endpoint: call }) => {
    for (const schema of [call.query, call.body])
      if (schema !== undefined && schema !== 'bytes') z.toJSONSchema(schema, { io: 'input' });
    if (typeof call.response !== 'string') z.toJSONSchema(call.response, { io: 'output' });
  });

  it.each(all)('$title refuses unknown members', ({ endpoint: call }) => {
    if (call.query !== undefined)
      expect(call.query.safeParse({ sort: 'token' }).error?.issues.map(({ code }) => code)).toContain(
        'unrecognized_keys',
      );
    if (call.body instanceof z.ZodObject) {
      const issues = call.body.safeParse({ id: 'x', created_at: 'x', webhook_secret: 'x' }).error?.issues ?? [];
      expect(issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true);
    }
  });

  it('responds with 201 to creates and with 204 without a body', () => {
    expect(successStatus(contract.bots.create)).toBe(201);
    expect(successStatus(contract.bots.delete)).toBe(204);
    expect(successStatus(contract.bots.list)).toBe(200);
    expect(successStatus(contract.webhook.receive)).toBe(200);
  });

  it('restricts the limit of a page to 1 to 100', () => {
    const { query } = contract.bots.list;
    expect(query.parse({})).toEqual({ limit: 50 });
    expect(query.parse({ limit: '100' }).limit).toBe(100);
    for (const limit of ['0', '101', '-1', '1e2', '1000000000', 'NaN', ''])
      expect(query.safeParse({ limit }).success, limit).toBe(false);
  });

  it('types parameters, query, body and response', () => {
    expectTypeOf<ParamsOf<typeof contract.flows.get>>().toEqualTypeOf<{
      readonly id: string;
      readonly flow_id: string;
    }>();
    expectTypeOf<ParamsOf<typeof contract.deadLetters.replay>>().toEqualTypeOf<{
      readonly id: string;
      readonly dead_letter_id: number;
    }>();
    expectTypeOf<QueryOf<typeof contract.bots.list>>().toEqualTypeOf<{ limit: number; cursor?: string | undefined }>();
    expectTypeOf<QueryOf<typeof contract.bots.get>>().toEqualTypeOf<undefined>();
    expectTypeOf<BodyOf<typeof contract.messages.send>['user_id']>().toEqualTypeOf<string>();
    expectTypeOf<ResponseOf<typeof contract.bots.get>>().toEqualTypeOf<Bot>();
    // @ts-expect-error an unknown path parameter
    endpoint({
      method: 'GET',
      path: '/api/things/:thing_id',
      permission: null,
      response: 'empty',
      errors: [],
      summary: '',
    });
  });
});

function shape(path: string): string {
  return path.replaceAll(/:[a-z_]+/g, ':');
}

/** True if one address can match both: a parameter matches any literal. */
function overlaps(left: string, right: string): boolean {
  const leftParts = left.split('/');
  const rightParts = right.split('/');
  return (
    leftParts.length === rightParts.length &&
    leftParts.every((part, index) => {
      const other = rightParts[index] ?? '';
      return part.startsWith(':') || other.startsWith(':') || part === other;
    })
  );
}
