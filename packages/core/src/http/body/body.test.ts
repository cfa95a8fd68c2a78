import { describe, expect, it } from 'vitest';
import type { RequestHead } from '../http-types.ts';
import { exceedsDepth } from './json-depth.ts';
import { isJsonMediaType } from './json-media-type.ts';
import { parseJson } from './parse-json.ts';
import { readJson } from './read-json.ts';

describe('isJsonMediaType', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json ; a=b',
  ])('accepts %j', (type) => {
    expect(isJsonMediaType(type)).toBe(true);
  });
  it.each([
    'application/json\ta',
    ' application/json',
    '\tapplication/json',
    'application/json, text/plain',
    'application/jsonx',
    'text/plain',
    '',
    'application/json; charset=utf-16',
    'application/json;',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/json\n',
  ])('refuses %j', (type) => {
    expect(isJsonMediaType(type)).toBe(false);
  });
  it('refuses a header that is missing or was sent twice', () => {
    expect(isJsonMediaType(undefined)).toBe(false);
    expect(isJsonMediaType(['application/json', 'application/json'])).toBe(false);
  });
});

describe('parseJson', () => {
  it('limits the depth without a stack overflow', () => {
    expect(() => parseJson('['.repeat(1_000_000) + ']'.repeat(1_000_000))).toThrow('nested deeper');
    expect(exceedsDepth('[[]]', 2)).toBe(false);
    expect(exceedsDepth('[[[]]]', 2)).toBe(true);
    expect(exceedsDepth('["[[[\\"[[["]', 2)).toBe(false);
  });
  it.each([
    '{"__proto__":{"polluted":1},"a":1}',
    '{"\\u005f_proto__":{"polluted":1},"a":1}',
    '{"a":1,"\\u005F\\u005fproto\\u005f_":{"polluted":1}}',
  ])('drops the prototype key of %s', (text) => {
    const value = parseJson(text) as object;
    expect(Object.keys(value)).toEqual(['a']);
    expect(Object.assign({}, value)).not.toHaveProperty('polluted');
  });
  it('drops it at any depth, and preserves strings that contain its name', () => {
    expect(parseJson('{"text":"__proto__","list":[{"__proto__":1}]}')).toEqual({ text: '__proto__', list: [{}] });
  });
  it('does not quote invalid JSON in its error', () => {
    expect(() => parseJson('{"token":"123:SECRET')).toThrow(/^The body is not valid JSON\.$/);
  });
});

describe('readJson', () => {
  const head = headOf({ 'content-type': 'application/json' });

  it('returns a value that the host has parsed, and parses a body that it only read', () => {
    const value = { a: 1 };
    expect(readJson(head, { kind: 'parsed', value }, 10)).toBe(value);
    expect(readJson(head, { kind: 'parsed', value: '{"a":1}' }, 10)).toEqual(value);
    expect(readJson(head, { kind: 'parsed', value: Buffer.from('{"a":1}') }, 10)).toEqual(value);
    expect(() => readJson(head, { kind: 'parsed', value: '"12345678901"' }, 10)).toThrow('at most 10 bytes');
  });
  it('refuses another type, an encoding and a missing body', () => {
    expect(() => readJson(headOf({}), { kind: 'none' }, 10)).toThrow('application/json');
    expect(() =>
      readJson(headOf({ 'content-type': 'application/json', 'content-encoding': 'gzip' }), { kind: 'none' }, 10),
    ).toThrow('Content-Encoding');
    expect(() => readJson(head, { kind: 'none' }, 10)).toThrow('The body is missing');
  });
});

function headOf(headers: RequestHead['headers']): RequestHead {
  return { method: 'POST', path: '/', search: '', params: {}, headers, base: '', native: null };
}
