import { describe, expect, test } from 'vitest';
import { checkTree } from './check-tree.ts';
import { formatViolation } from './violation.ts';

function violations(tree: Record<string, string>, entries: string[] = []): string[] {
  return checkTree(new Map(Object.entries(tree)), new Set(entries)).map(formatViolation);
}

describe('layers of the core', () => {
  const core = 'packages/core/src';

  test('an arrow downwards is fine', () => {
    expect(
      violations({
        [`${core}/http/webhook.ts`]: `import { a } from '../app/a.ts';\nimport { timingSafeEqual } from 'node:crypto';`,
        [`${core}/engine/advance.ts`]: `import { compile } from '../flow/compile.ts';\nconst d = new Date(0);`,
        [`${core}/create-botloom.ts`]: `import { a } from './storage/a.ts';`,
        [`${core}/client/index.ts`]: `const response = await fetch('/api/bots');`,
      }),
    ).toEqual([]);
  });

  test.each([
    [
      'engine/a.ts',
      `import x from '../storage/x.ts';`,
      'engine/ may not import storage/ (allowed: flow, model, errors)',
    ],
    ['flow/a.ts', `export { x } from '../engine/x.ts';`, 'flow/ may not import engine/ (allowed: model, errors)'],
    ['model/a.ts', `const x = await import('../flow/x.ts');`, 'model/ may not import flow/ (allowed: errors)'],
    [
      'http/a.ts',
      `import type { S } from '../storage/storage.ts';`,
      'http/ may not import storage/ (allowed: app, runtime, contract, ports, model, errors)',
    ],
    ['engine/a.ts', `import { z } from 'zod';`, 'engine/ may not import zod (allowed packages: none)'],
    [
      'contract/a.ts',
      `import { join } from 'node:path';`,
      'contract/ may not import node:path (allowed packages: zod)',
    ],
    [
      'app/a.ts',
      `import { sql } from 'kysely/helpers';`,
      'app/ may not import kysely/helpers (allowed packages: node:, zod)',
    ],
    [
      'runtime/a.ts',
      `import { request } from 'node:https';`,
      'runtime/ may not import node:https: the network is reached through telegram/ and outbound/ only',
    ],
    [
      'runtime/a.ts',
      `void fetch('x');`,
      'runtime/ may not use fetch(): the network is reached through telegram/ and outbound/ only',
    ],
    [
      'engine/a.ts',
      `Date.now();`,
      'engine/ may not use Date.now: the engine is pure: time, randomness and identifiers come in `env`',
    ],
    [
      'engine/a.ts',
      `new Date();`,
      'engine/ may not use new Date(): the engine is pure: time, randomness and identifiers come in `env`',
    ],
    [
      'engine/a.ts',
      `const r = Math.random;`,
      'engine/ may not use Math.random: the engine is pure: time, randomness and identifiers come in `env`',
    ],
    [
      'utils/a.ts',
      ``,
      'utils/ is not a layer of the core: the layers are ' +
        'root, http, app, runtime, telegram, outbound, storage, simulation, engine, ' +
        'flow, client, contract, ports, model, errors',
    ],
  ])('%s: %s', (file, text, rule) => {
    expect(violations({ [`${core}/${file}`]: text })).toEqual([`${core}/${file}:1  ${rule}`]);
  });

  test('storage and telegram may import the types of the engine, not its code', () => {
    const tree = {
      [`${core}/storage/a.ts`]: [
        `import type { Effect } from '../engine/effect.ts';`,
        `import { type Session } from '../engine/session.ts';`,
      ].join('\n'),
      [`${core}/telegram/a.ts`]: `import { type Effect, run } from '../engine/effect.ts';`,
    };
    expect(violations(tree)).toEqual([`${core}/telegram/a.ts:1  telegram/ may import only types from engine/`]);
  });

  test('http may import only the comparison of secrets from telegram', () => {
    const tree = {
      [`${core}/http/a.ts`]: [
        `import { x } from '../telegram/webhook-secret.ts';`,
        `import { y } from '../telegram/api.ts';`,
      ].join('\n'),
    };
    expect(violations(tree)).toEqual([
      `${core}/http/a.ts:2  http/ may not import telegram/ (allowed: app, runtime, contract, ports, model, errors)`,
    ]);
  });

  test('tests may import anything', () => {
    expect(
      violations({ [`${core}/engine/a.test.ts`]: `import { readFileSync } from 'node:fs';\nDate.now();` }),
    ).toEqual([]);
  });
});

describe('borders of the packages', () => {
  test.each([
    [
      'packages/express/src/a.ts',
      `import { x } from '../../core/src/x.ts';`,
      `../../core/src/x.ts leaves the package: import the other package's public entry`,
    ],
    [
      'packages/bench/src/a.ts',
      `import { x } from '@botloom/core/src/x.ts';`,
      '@botloom/core/src/x.ts reaches into another package: import its public entry',
    ],
    [
      'packages/express/src/a.ts',
      `import { x } from '@botloom/core';`,
      'packages/express may import only types from @botloom/core',
    ],
    [
      'packages/fastify/src/a.ts',
      `import { x } from '@botloom/core/sqlite';`,
      'packages/fastify may not import @botloom/core/sqlite ' +
        '(allowed: node:, fastify, fastify-plugin, @botloom/core/http, type:@botloom/core)',
    ],
    [
      'packages/testing/src/a.ts',
      `import { z } from 'zod';`,
      'packages/testing may not import zod ' +
        '(allowed: node:, vitest, @botloom/core, @botloom/core/*, @botloom/fake-telegram)',
    ],
    [
      'packages/fake-telegram/src/a.ts',
      `import type { Clock } from '@botloom/core';`,
      'packages/fake-telegram may not import @botloom/core (allowed: node:)',
    ],
  ])('%s: %s', (file, text, rule) => {
    expect(violations({ [file]: text })).toEqual([`${file}:1  ${rule}`]);
  });

  test('public entries may be imported', () => {
    expect(
      violations({
        'packages/express/src/a.ts': [
          `import type { Botloom } from '@botloom/core';`,
          `import { routes } from '@botloom/core/http';`,
          `import { Router } from 'express';`,
        ].join('\n'),
        'packages/testing/src/a.ts': `import { createClient } from '@botloom/core/client';`,
        'packages/express/tsup.config.ts': `import { libraryBuild } from '../../tsup.base.ts';`,
        'packages/contract-tests/http/a.test.ts': `import { b } from '../src/setup/b.ts';`,
      }),
    ).toEqual([]);
  });
});

describe('layers of the fake Telegram', () => {
  const fake = 'packages/fake-telegram/src';

  test('a folder imports only lower folders, even for types', () => {
    const tree = {
      [`${fake}/server/a.ts`]: `import { send } from '../methods/send.ts';\nimport { clock } from '../clock.ts';`,
      [`${fake}/sending/a.ts`]: `import type { Method } from '../methods/method.ts';`,
      [`${fake}/sending/a.test.ts`]: `import { start } from '../server/start.ts';`,
    };
    expect(violations(tree)).toEqual([
      `${fake}/sending/a.ts:1  sending/ may not import methods/, which is a higher layer`,
    ]);
  });
});

describe('every file', () => {
  test('a cycle is named once, with its path', () => {
    const tree = {
      'packages/bench/src/a.ts': `import { b } from './b.ts';`,
      'packages/bench/src/b.ts': `\nimport { c } from './c/c.ts';`,
      'packages/bench/src/c/c.ts': `import { a } from '../a.ts';`,
    };
    expect(violations(tree)).toEqual(['packages/bench/src/c/c.ts:1  import cycle: a.ts → b.ts → c.ts → a.ts']);
  });

  test('a cycle of types is a cycle', () => {
    const tree = {
      'packages/bench/src/a.ts': `import type { B } from './b.ts';`,
      'packages/bench/src/b.ts': `import type { A } from './a.ts';`,
    };
    expect(violations(tree)).toEqual(['packages/bench/src/b.ts:1  import cycle: a.ts → b.ts → a.ts']);
  });

  test('500 lines are the limit, except for generated files', () => {
    const long = 'x;\n'.repeat(501);
    const tree = {
      'packages/bench/src/a.ts': 'x;\n'.repeat(500),
      'packages/bench/src/b.ts': long,
      'packages/bench/src/c.ts': `// @generated by c\n${long}`,
      'packages/bench/src/generated/d.ts': long,
    };
    expect(violations(tree)).toEqual(['packages/bench/src/b.ts:501  501 lines: a file has at most 500']);
  });

  test('an entry exports by name', () => {
    const tree = {
      'packages/bench/src/index.ts': `export * from './a.ts';\nexport { b } from './b.ts';`,
      'packages/bench/src/inner.ts': `export * from './a.ts';`,
    };
    expect(violations(tree, ['packages/bench/src/index.ts'])).toEqual([
      'packages/bench/src/index.ts:1  an entry names what it exports: no `export *`',
    ]);
  });
});
