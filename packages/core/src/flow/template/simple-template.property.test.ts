import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLiquid } from './liquid.ts';
import { parseLiquidTemplate } from './parse-template.ts';
import { parseSimpleTemplate } from './simple-template.ts';
import type { TemplateScope } from './template.ts';

const name = fc.oneof(
  fc.constantFrom(
    'name',
    'age',
    'user',
    'bot',
    'message',
    'event',
    'session',
    'имя',
    'größe',
    'a-b',
    '_x',
    'first_name',
    'attributes',
    'constructor',
    '__proto__',
    'size',
    'true',
    'empty',
    'and',
  ),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,5}$/),
);
const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(name, fc.string(), { maxKeys: 3 }),
);
const place = fc
  .tuple(fc.array(name, { minLength: 1, maxLength: 3 }), fc.constantFrom('', ' ', '  ', '\n'))
  .map(([path, space]) => `{{${space}${path.join('.')}${space}}}`);
const words = fc.string({ unit: fc.constantFrom('a', 'ñ', '👍', ' ', '\n', '{', '}', '%', '|', '"', '\\', '<', '&') });
const source = fc.array(fc.oneof(place, words), { maxLength: 6 }).map((parts) => parts.join(''));

const scope: fc.Arbitrary<TemplateScope> = fc.record({
  user: fc.dictionary(name, value, { maxKeys: 4 }),
  bot: fc.dictionary(name, value, { maxKeys: 2 }),
  message: fc.dictionary(name, value, { maxKeys: 2 }),
  event: fc.dictionary(name, value, { maxKeys: 2 }),
  variables: fc.dictionary(
    name.filter((key) => !['user', 'bot', 'message', 'event', 'session', 'secrets'].includes(key)),
    value,
    { maxKeys: 5 },
  ),
});

describe('the fast way means what LiquidJS means', () => {
  test.each(['none', 'url'] as const)('escape %s', (escape) => {
    const liquid = createLiquid(escape);
    fc.assert(
      fc.property(source, scope, (text, values) => {
        const fast = parseSimpleTemplate(text, escape);
        fc.pre(fast !== null);
        const slow = parseLiquidTemplate(liquid, text);
        expect(slow.problem, text).toBeUndefined();
        expect(fast.render(values), text).toBe(slow.template?.render(values));
        const names = (reads: readonly { path: readonly string[] }[] = []) =>
          [...new Set(reads.map(({ path }) => path.join('.')))].sort();
        expect(names(fast.reads), text).toEqual(names(slow.template?.reads));
      }),
      { numRuns: 2000 },
    );
  });
});
