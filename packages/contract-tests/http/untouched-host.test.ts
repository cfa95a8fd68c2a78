import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { publishedPackages } from '@botloom/tools/workspace';

/** IDs that Botloom's own schemas use, too. */
const HOST_IDS = ['Json', 'Condition', 'Bot', 'Flow', 'Message', 'Problem', 'Session'];
for (const id of HOST_IDS) z.object({ [`host_${id}`]: z.string() }).meta({ id });

const entries = publishedPackages().flatMap(({ manifest }) =>
  Object.keys(manifest.exports ?? {})
    .filter((path) => path !== './package.json')
    .map((path) => manifest.name + path.slice(1)),
);
const before = snapshot();

afterAll(() => {
  z.globalRegistry.clear();
});

it('importing any entry of Botloom does not change global state of the host', async () => {
  expect(entries).toContain('@botloom/core/flow-schema');
  for (const entry of entries) await import(/* @vite-ignore */ entry);
  expect(snapshot()).toEqual(before);
});

it("a host whose schemas have the same IDs as Botloom's still exports its own registry, and only its own", () => {
  const { schemas } = z.toJSONSchema(z.globalRegistry);
  expect(Object.keys(schemas).sort()).toEqual([...HOST_IDS].sort());
  for (const id of HOST_IDS) expect(schemas[id]).toMatchObject({ properties: { [`host_${id}`]: { type: 'string' } } });
});

/** Global state that all code of a process shares. */
function snapshot(): Readonly<Record<string, unknown>> {
  const prototypes = [Object, Array, String, Number, Function, Promise, Map, Set, Date, RegExp, Error, Buffer];
  return {
    globals: Object.getOwnPropertyNames(globalThis)
      .filter((name) => !name.startsWith('__v'))
      .sort(),
    prototypes: prototypes.map(({ name, prototype }) => [name, Reflect.ownKeys(prototype as object).map(String)]),
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
    zod: JSON.stringify(z.config()),
  };
}
