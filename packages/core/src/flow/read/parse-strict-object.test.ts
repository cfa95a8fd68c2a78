import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseStrictObject } from './parse-strict-object.ts';

const schema = z.strictObject({
  id: z.string().check(z.minLength(1)),
  next: z.optional(z.nullable(z.string())),
  buttons: z.optional(z.array(z.strictObject({ text: z.string() }))),
});

test.each<[unknown]>([
  [{ id: 'a' }],
  [{ next: null, id: 'a', buttons: [{ text: 'b' }] }],
  [{ id: 'a', next: undefined }],
])('%j is given as the schema gives it', (data) => {
  const parsed = parseStrictObject(schema, data);
  expect(parsed?.value).toStrictEqual(z.parse(schema, data));
  // Problems are said in the order of the fields.
  expect(Object.keys(parsed?.value as object)).toEqual(Object.keys(z.parse(schema, data)));
});

test.each<[unknown]>([
  [{}],
  [{ id: '' }],
  [{ id: undefined }],
  [{ id: 'a', more: 1 }],
  [{ id: 'a', buttons: [{}] }],
  [JSON.parse('{ "id": "a", "__proto__": {} }')],
  [['a']],
  [null],
  ['a'],
])('%j is left to the schema', (data) => {
  expect(parseStrictObject(schema, data)).toBeNull();
});

test.each([
  ['checks of the whole', z.strictObject({ id: z.optional(z.string()) }).check(z.refine(() => true))],
  ['room for other fields', z.looseObject({ id: z.optional(z.string()) })],
  ['fields that are filled in', z.strictObject({ id: z._default(z.string(), 'a') })],
  ['fields that are filled in and optional', z.strictObject({ id: z.optional(z._default(z.string(), 'a')) })],
  ['several shapes', z.union([z.strictObject({}), z.strictObject({ id: z.string() })])],
])('a schema with %s is not known here', (_, other) => {
  expect(parseStrictObject(other, {})).toBeNull();
});
