import { describe, expect, test } from 'vitest';
import { cpuTime } from '../../fixtures/cpu-time.ts';
import { compileFlow } from '../compile-flow.ts';
import type { FlowContext } from '../known-flow.ts';
import { validateFlow } from '../validate-flow.ts';
import { STEP_KINDS } from './step-kinds.ts';

const say = (id: string, more: object = {}): object => ({ id, type: 'message', text: id, ...more });
const brief = (steps: object[], more: object = {}, context?: FlowContext): string[] =>
  validateFlow({ steps, ...more }, context).map(({ path, code }) => `${path} ${code}`);
const leaf = { var: 'user.language', op: '=', value: 'en' };

describe('condition', () => {
  const asking = (condition: object, more: object = {}): string[] =>
    brief([{ id: 'c', type: 'condition', if: condition, ...more }, say('a')]);

  test.each<[object, string[]]>([
    [leaf, []],
    [{ all: [leaf, { any: [leaf] }, { not: leaf }] }, []],
    [{ var: 'user.language', op: 'in', value: ['en', '{{ bot.name }}'] }, []],
    [{}, ['/steps/0/if condition_form']],
    [{ all: [leaf], any: [leaf] }, ['/steps/0/if condition_form']],
    [{ all: [] }, ['/steps/0/if/all empty', '/steps/0/if condition_form']],
    [{ all: [{ ...leaf, op: '==' }] }, ['/steps/0/if/all/0/op wrong_value']],
    [{ all: [{ ...leaf, vaule: 1 }] }, ['/steps/0/if/all/0/vaule unknown_key']],
    [{ all: [leaf], op: '=' }, ['/steps/0/if/op condition_form']],
    [{ var: 'user.language', op: '=' }, ['/steps/0/if/value required']],
    [{ var: 'user.language', value: 1 }, ['/steps/0/if/op required']],
    [{ ...leaf, op: 'is_set' }, ['/steps/0/if/value condition_value']],
    [{ ...leaf, op: 'in', value: 3 }, ['/steps/0/if/value condition_value']],
    [{ ...leaf, op: 'matches', value: '(?=x)' }, ['/steps/0/if/value pattern_invalid']],
    [{ ...leaf, op: 'matches', value: ['x'] }, ['/steps/0/if/value condition_value']],
    [{ ...leaf, value: '{{ missing }}' }, ['/steps/0/if/value unknown_variable']],
    [{ ...leaf, value: '{{ x' }, ['/steps/0/if/value template_invalid']],
    [{ ...leaf, var: 'missing' }, ['/steps/0/if/var unknown_variable']],
    [{ ...leaf, var: 'user.tongue' }, ['/steps/0/if/var unknown_variable']],
    [{ ...leaf, var: 'a b' }, ['/steps/0/if/var wrong_format']],
    [{ not: { not: { not: { not: { not: leaf } } } } }, ['/steps/0/if/not/not/not/not/not condition_too_deep']],
    [{ all: Array.from({ length: 51 }, () => leaf) }, ['/steps/0/if condition_too_large']],
  ])('%j', (condition, problems) => {
    expect(asking(condition)).toEqual(problems);
  });

  test('a condition is data: expressions are rejected, so that none can iterate over nested lists', () => {
    for (const condition of [
      'l.map(a, l.map(b, true))',
      { var: 'l', op: 'map', value: { var: 'l', op: 'map' } },
      { var: 'l.map(a, l)', op: 'is_set', value: 'l.all(x, true)' },
    ]) {
      const problems = validateFlow({
        variables: { l: [1] },
        steps: [{ id: 'c', type: 'condition', if: condition, then: null, else: null }],
      });
      expect(problems.length, JSON.stringify(condition)).toBeGreaterThan(0);
    }
  });

  test('patterns are limited, so that a flow with many patterns compiles quickly', () => {
    const heavy = { var: 'user.language', op: 'matches', value: `((a{1,9}){1,9}b?){1,3}${'|a'.repeat(300)}` };
    const steps = Array.from({ length: 1000 }, (_, index) => ({ id: String(index), type: 'condition', if: heavy }));
    const milliseconds = cpuTime(() => {
      expect(brief(steps)).toEqual(['/steps/100/if/value too_many_patterns']);
    });
    expect(milliseconds).toBeLessThan(3000);
  });

  test('continues with the specified step, or by default with the next step in the list', () => {
    expect(brief([{ id: 'c', type: 'condition', if: leaf, then: 'x', else: null }, say('a')])).toEqual([
      '/steps/0/then dangling_step',
      '/steps/1 unreachable_step',
    ]);
    expect(
      compileFlow({ steps: [{ id: 'c', type: 'condition', if: leaf, then: null }, say('a')] }).steps.get('c'),
    ).toMatchObject({
      then: null,
      else: 'a',
    });
    expect(brief([{ id: 'c', type: 'condition', if: leaf, then: 'c' }, say('a')])).toEqual(['/steps/0 endless_loop']);
  });

  test('with "version": 1 both "then" and "else" are required', () => {
    expect(brief([{ id: 'c', type: 'condition', if: leaf }], { version: 1, initial_step: 'c' })).toEqual([
      '/steps/0/then required',
      '/steps/0/else required',
    ]);
  });
});

describe('switch', () => {
  const switching = (more: object): string[] =>
    brief([
      { id: 's', type: 'switch', value: '{{ user.language }}', cases: [{ is: 'en', next: 'b' }], ...more },
      say('a'),
      say('b'),
    ]);

  test.each<[object, string[]]>([
    [{}, []],
    [{ cases: [{ is: ['en', 'de'], next: null }], next: 'b' }, ['/steps/1 unreachable_step']],
    [{ cases: [] }, ['/steps/0/cases empty']],
    [{ cases: [{ is: 'en', next: 'x' }] }, ['/steps/0/cases/0/next dangling_step']],
    [{ cases: [{ is: 'en' }] }, ['/steps/0/cases/0/next required']],
    [{ value: '{{ plan }}' }, ['/steps/0/value unknown_variable']],
    [{ cases: [{ is: ['{{ plan }}'], next: 'b' }] }, ['/steps/0/cases/0/is/0 unknown_variable']],
  ])('%j', (more, problems) => {
    expect(switching(more)).toEqual(problems);
  });
});

test.each<[object, string[]]>([
  [{ branches: [{ next: 'a' }, { next: null, weight: 0.5 }] }, []],
  [{ branches: [{ next: 'a' }] }, ['/steps/0/branches too_small']],
  [{ branches: [{ next: 'a' }, { next: 'x' }] }, ['/steps/0/branches/1/next dangling_step']],
  [{ branches: [{ next: 'a' }, { next: 'a', weight: 0 }] }, ['/steps/0/branches/1/weight too_small']],
])('random: %j', (more, problems) => {
  expect(brief([{ id: 'r', type: 'random', ...more }, say('a')])).toEqual(problems);
});

describe('set', () => {
  const setting = (changes: object[]): string[] =>
    brief([{ id: 's', type: 'set', changes }, say('a', { text: '{{ x }}' })]);
  const x = { variable: 'x', value: 1 };

  test.each<[object[], string[]]>([
    [[x], []],
    [[x, { variable: 'y', value: '{{ x }}' }], []],
    [
      [
        { variable: 'y', value: '{{ x }}' },
        { variable: 'x', do: 'now' },
      ],
      ['/steps/0/changes/0/value variable_not_set_yet'],
    ],
    [[{ variable: 'x' }], ['/steps/0/changes/0/value required']],
    [[{ variable: 'x', do: 'now', value: 1 }], ['/steps/0/changes/0/value not_for_change']],
    [[{ variable: 'x', do: 'add', value: 1, min: 1 }], ['/steps/0/changes/0/min not_for_change']],
    [[{ variable: 'x', do: 'random', min: 3, max: 2 }], ['/steps/0/changes/0/min min_over_max']],
    [[x, { variable: 'x', do: 'multiply', value: 2 }], ['/steps/0/changes/1/do wrong_value']],
    [[x, { variable: 'user', value: 1 }], ['/steps/0/changes/1/variable name_reserved']],
    [[x, { variable: 'a.b', value: 1 }], ['/steps/0/changes/1/variable wrong_format']],
    [[{ variable: 'x', value: { deep: ['{{ missing }}'] } }], ['/steps/0/changes/0/value/deep/0 unknown_variable']],
  ])('%j', (changes, problems) => {
    expect(setting(changes)).toEqual(problems);
  });

  test('names that could pollute object prototypes are rejected', () => {
    for (const variable of ['__proto__', 'constructor', 'prototype'])
      expect(setting([x, { variable, value: 1 }]), variable).toEqual(['/steps/0/changes/1/variable name_reserved']);
    expect(brief([say('a')], { variables: JSON.parse('{"__proto__": 1}') as object })).toContain(
      '/variables/__proto__ key_forbidden',
    );
  });
});

describe('loop', () => {
  const looping = (more: object, body: object = { next: null }): string[] =>
    brief(
      [
        { id: 'l', type: 'loop', list: 'items', body: 'b', next: 'a', ...more },
        say('b', { text: '{{ item }}', ...body }),
        say('a', { next: null }),
      ],
      { variables: { items: [] } },
    );

  test.each<[object, string[]]>([
    [{}, []],
    [{ list: 'user.attributes.list' }, []],
    [{ item: 'one' }, ['/steps/1/text unknown_variable']],
    [{ list: 'missing' }, ['/steps/0/list unknown_variable']],
    [{ list: '{{ items }}' }, ['/steps/0/list wrong_format']],
    [{ limit: 0 }, ['/steps/0/limit too_small']],
    [{ index: 'user' }, ['/steps/0/index name_reserved']],
    [{ body: 'x' }, ['/steps/0/body dangling_step', '/steps/1 unreachable_step', '/steps/1/text variable_not_set_yet']],
    [{ next: undefined }, ['/steps/0/next required', '/steps/2 unreachable_step']],
  ])('%j', (more, problems) => {
    expect(looping(more)).toEqual(problems);
  });

  test('the body can lead back to the loop but not to itself, and the steps after the loop only after a wait', () => {
    expect(looping({}, { next: 'l' })).toEqual([]);
    expect(looping({}, { next: 'b' })).toEqual(['/steps/1 endless_loop']);
    expect(looping({ next: 'l' })).toEqual(['/steps/2 unreachable_step', '/steps/0 endless_loop']);
  });
});

describe('call and jump', () => {
  const context: FlowContext = { flows: [{ flow_id: 'f1', name: 'Two', trigger_command: 'two' }] };

  test.each<[object, string[]]>([
    [{ type: 'call', flow: 'Two', inputs: { x: '{{ user.id }}' }, outputs: { got: 'z' } }, []],
    [{ type: 'call', flow: '/two', outputs: { got: 'z' } }, []],
    [{ type: 'call', flow: 'Tow', outputs: { got: 'z' } }, ['/steps/0/flow dangling_flow']],
    [
      { type: 'call', flow: 'Two', inputs: { x: '{{ missing }}' }, outputs: { got: 'z' } },
      ['/steps/0/inputs/x unknown_variable'],
    ],
    [{ type: 'call', flow: 'Two', outputs: { got: 'z', user: 'x' } }, ['/steps/0/outputs/user name_reserved']],
    [{ type: 'call', flow: 'Two' }, ['/steps/1/text unknown_variable']],
  ])('%j', (step, problems) => {
    expect(brief([{ id: 'c', ...step }, say('a', { text: '{{ got }}' })], {}, context)).toEqual(problems);
  });

  test('a loop through a call is allowed, because the called flow may wait', () => {
    expect(brief([{ id: 'c', type: 'call', flow: 'Two' }, say('a', { next: 'c' })], {}, context)).toEqual([]);
  });

  test.each<[object, string[]]>([
    [{ flow: 'Two', inputs: { x: 1 } }, []],
    [{ step: 'j' }, ['/steps/0 endless_loop']],
    [{ step: 'x' }, ['/steps/0/step dangling_step']],
    [{}, ['/steps/0 jump_target']],
    [{ step: 'j', flow: 'Two' }, ['/steps/0 jump_target', '/steps/0 endless_loop']],
    [{ flow: 'Three' }, ['/steps/0/flow dangling_flow']],
  ])('jump %j', (step, problems) => {
    expect(brief([{ id: 'j', type: 'jump', ...step }], {}, context)).toEqual(problems);
  });
});

test('end: the scope must be known', () => {
  expect(brief([{ id: 'e', type: 'end' }])).toEqual([]);
  expect(brief([{ id: 'e', type: 'end', ends: 'world' }])).toEqual(['/steps/0/ends wrong_value']);
});

test('every kind has an error branch, which is checked like other branches', () => {
  for (const [type, { schema }] of Object.entries(STEP_KINDS))
    expect(Object.keys(schema.shape), type).toContain('on_error');
  expect(brief([say('a', { next: null, on_error: 'b' }), say('b')])).toEqual([]);
  expect(brief([say('a', { on_error: 'x' })])).toEqual(['/steps/0/on_error dangling_step']);
  expect(brief([say('a', { next: null, on_error: 'a' })])).toEqual(['/steps/0 endless_loop']);
});

test('declared variables can be read everywhere', () => {
  expect(
    brief([say('a', { text: '{{ town }}{{ list.first }}' })], { variables: { town: 'Bergen', list: [1] } }),
  ).toEqual([]);
  expect(brief([say('a')], { variables: { user: 1 } })).toEqual(['/variables/user name_reserved']);
});
