import { describe, expect, test } from 'vitest';
import type { ConditionSource } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { ANN, dialogue, ENV } from '../fixtures/dialogue.ts';

const flow = (condition: object, variables: object = {}): object => ({
  variables,
  steps: [
    { id: 'c', type: 'condition', if: condition, then: 'yes', else: 'no' },
    { id: 'yes', type: 'message', text: 'yes', next: null },
    { id: 'no', type: 'message', text: 'no', next: null },
  ],
});

function holds(condition: ConditionSource, variables: JsonObject = {}): boolean {
  const ann = dialogue([{ trigger_command: 'start', flow_data: flow(condition, variables) }], {
    ...ENV,
    user: { ...ANN, attributes: { tags: ['vip'], tier: 'gold' } },
  });
  const [said] = ann.say('/start');
  expect(['yes', 'no']).toContain(said);
  return said === 'yes';
}

const vars = {
  age: 18,
  typed: '18',
  name: 'Ann Lee',
  list: ['tea', 'milk', 3],
  nothing: null,
  blank: ' ',
  on: true,
  born: '2026-11-22',
  at: '2026-09-21T14:13:20.000Z',
  order: { items: [{ price: 5 }] },
};

describe('every operator', () => {
  test.each<[ConditionSource, boolean]>([
    [{ var: 'age', op: '=', value: 18 }, true],
    [{ var: 'age', op: '=', value: '18' }, true],
    [{ var: 'typed', op: '=', value: 18 }, true],
    [{ var: 'age', op: '!=', value: 18 }, false],
    [{ var: 'age', op: '=', value: 'eighteen' }, false],
    [{ var: 'age', op: '>=', value: 18 }, true],
    [{ var: 'age', op: '>', value: 18 }, false],
    [{ var: 'age', op: '<', value: '{{ order.items.first.price }}' }, false],
    [{ var: 'age', op: '<=', value: '20' }, true],
    [{ var: 'typed', op: '<', value: 9 }, false],
    [{ var: 'name', op: '<', value: 'Bob' }, true],
    [{ var: 'name', op: '<', value: 9 }, false],
    [{ var: 'nothing', op: '<', value: 9 }, false],
    [{ var: 'name', op: '=', value: 'ann lee' }, false],
    [{ var: 'name', op: '=', value: 'ann lee', ignore_case: true }, true],
    [{ var: 'name', op: 'contains', value: 'n L' }, true],
    [{ var: 'name', op: 'contains', value: 'LEE', ignore_case: true }, true],
    [{ var: 'list', op: 'contains', value: 'milk' }, true],
    [{ var: 'list', op: 'contains', value: '3' }, true],
    [{ var: 'list', op: 'not_contains', value: 'milk' }, false],
    [{ var: 'nothing', op: 'not_contains', value: 'x' }, true],
    [{ var: 'name', op: 'starts_with', value: '{{ user.first_name }}' }, true],
    [{ var: 'name', op: 'ends_with', value: 'Ann' }, false],
    [{ var: 'age', op: 'in', value: [17, 18] }, true],
    [{ var: 'name', op: 'in', value: ['{{ user.full_name }}'] }, true],
    [{ var: 'name', op: 'in', value: '{{ list }}' }, false],
    [{ var: 'name', op: 'in', value: 'Ann Lee and others' }, false],
    [{ var: 'name', op: 'not_in', value: ['x'] }, true],
    [{ var: 'name', op: 'matches', value: '^[A-Z][a-z]+ ' }, true],
    [{ var: 'name', op: 'matches', value: '^ann', ignore_case: true }, true],
    [{ var: 'age', op: 'matches', value: '^\\d\\d$' }, true],
    [{ var: 'list', op: 'matches', value: 'tea' }, false],
    [{ var: 'nothing', op: 'not_matches', value: 'x' }, true],
    [{ var: 'born', op: 'before', value: '2026-11-23' }, true],
    [{ var: 'born', op: 'after', value: 'today' }, true],
    [{ var: 'at', op: 'on', value: 'now' }, true],
    [{ var: 'at', op: 'before', value: 'now' }, false],
    [{ var: 'at', op: '>=', value: '2026-09-21T16:13:20+02:00' }, true],
    [{ var: 'name', op: 'before', value: 'now' }, false],
    [{ var: 'born', op: 'before', value: 'tomorrow' }, false],
    [{ var: 'age', op: 'is_set' }, true],
    [{ var: 'nothing', op: 'is_set' }, false],
    [{ var: 'nothing', op: 'is_not_set' }, true],
    [{ var: 'blank', op: 'is_empty' }, true],
    [{ var: 'list', op: 'is_empty' }, false],
    [{ var: 'list', op: 'is_not_empty' }, true],
    [{ var: 'on', op: '=', value: true }, true],
    [{ var: 'on', op: '=', value: 'true' }, true],
    [{ var: 'nothing', op: '=', value: null }, true],
    [{ var: 'list.1', op: '=', value: 'milk' }, true],
    [{ var: 'list.size', op: '>', value: 2 }, true],
    [{ var: 'name.size', op: '=', value: 7 }, true],
    [{ var: 'order.items.0.price', op: '=', value: 5 }, true],
    [{ var: 'order.items.last.price', op: '=', value: 5 }, true],
    [{ var: 'user.attributes.tier', op: '=', value: 'gold' }, true],
    [{ var: 'user.attributes.tags', op: 'contains', value: 'vip' }, true],
    [{ var: 'message.text', op: 'starts_with', value: '/start' }, true],
  ])('%j is %s', (condition, expected) => {
    expect(holds(condition, vars)).toBe(expected);
  });
});

test('nested groups', () => {
  const adult = { var: 'age', op: '>=', value: 18 } as const;
  const child = { var: 'age', op: '<', value: 18 } as const;
  expect(holds({ all: [adult, { not: child }] }, vars)).toBe(true);
  expect(holds({ all: [adult, child] }, vars)).toBe(false);
  expect(holds({ any: [child, { all: [adult, { any: [child, adult] }] }] }, vars)).toBe(true);
});

test('inherited members of objects have no value', () => {
  for (const path of [
    'order.constructor',
    'order.__proto__',
    'list.constructor.name',
    'name.constructor',
    'order.toString',
    'list.map',
    'constructor',
  ]) {
    expect(
      holds(
        {
          any: [
            { var: path, op: 'is_set' },
            { var: 'age', op: '=', value: 0 },
          ],
        },
        vars,
      ),
      path,
    ).toBe(false);
  }
});

test('a value is never read as a template', () => {
  expect(holds({ var: 'message.text', op: '=', value: '{{ evil }}' }, { evil: '{{ age }}', age: 1 })).toBe(false);
});
