import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../model/index.ts';
import { dialogue, ENV, type Dialogue } from '../fixtures/dialogue.ts';

function changing(changes: object[], variables: object = {}): Dialogue {
  const ann = dialogue([
    {
      trigger_command: 'start',
      flow_data: {
        variables,
        steps: [
          { id: 's', type: 'set', changes },
          { id: 'q', type: 'question', text: 'And now?' },
        ],
      },
    },
  ]);
  ann.say('/start');
  return ann;
}
const after = (change: object, x?: JsonValue): unknown => {
  const { session } = changing([{ variable: 'x', ...change }], {
    n: 2,
    words: ['a', 'b'],
    ...(x === undefined ? {} : { x }),
  });
  return (session.state.variables as Record<string, unknown>).x; // as the engine writes it
};

describe('changes of a variable', () => {
  test.each<[object, JsonValue | undefined, unknown]>([
    [{ value: 'text' }, undefined, 'text'],
    [{ value: 5 }, 'old', 5],
    [{ value: 'Hi {{ user.first_name }}' }, undefined, 'Hi Ann'],
    [{ value: '{{ words }}' }, undefined, ['a', 'b']],
    [{ value: '{{ words.size }}' }, undefined, 2],
    [{ value: '{{ n | times: 3 }}' }, undefined, '6'],
    [{ value: '{{ n | times: 3 }}', as: 'number' }, undefined, 6],
    [{ value: 'true', as: 'boolean' }, undefined, true],
    [{ value: '{{ n }}', as: 'text' }, undefined, '2'],
    [{ value: '[1, {"a": "{{ n }}"}]', as: 'json' }, undefined, [1, { a: '2' }]],
    [{ value: { a: ['{{ n }}', null], b: 'x' } }, undefined, { a: [2, null], b: 'x' }],
    [{ do: 'set', value: null }, 1, null],
    [{ do: 'add', value: 1 }, undefined, 1],
    [{ do: 'add', value: 0.2 }, 0.1, 0.3],
    [{ do: 'add', value: '{{ n }}' }, '40', 42],
    [{ do: 'add', value: -3 }, 1, -2],
    [{ do: 'append', value: 'c' }, undefined, ['c']],
    [{ do: 'append', value: '{{ n }}' }, [1], [1, 2]],
    [{ do: 'remove', value: 'a' }, ['a', 'b', 'a'], ['b']],
    [{ do: 'remove', value: 'a' }, undefined, []],
    [{ do: 'toggle' }, undefined, true],
    [{ do: 'toggle' }, true, false],
    [{ do: 'toggle' }, 'yes', true],
    [{ do: 'now' }, undefined, new Date(ENV.now).toISOString()],
    [{ do: 'random' }, undefined, 51],
    [{ do: 'random', min: -5, max: -5 }, undefined, -5],
    [{ do: 'clear' }, 'x', undefined],
  ])('%j applied to %j returns %j', (change, before, expected) => {
    expect(after(change, before)).toEqual(expected);
  });

  test('each change sees the changes before it', () => {
    const ann = changing([
      { variable: 'a', value: 2 },
      { variable: 'b', value: '{{ a }}' },
      { variable: 'b', do: 'add', value: '{{ a }}' },
    ]);
    expect(ann.session.state).toEqual({ variables: { a: 2, b: 4 } });
  });
});

test.each<[object, JsonValue, string]>([
  [{ do: 'add', value: 1 }, 'many', '"x" is not a number'],
  [{ do: 'add', value: 'one' }, 1, 'not a number'],
  [{ do: 'append', value: 1 }, 'text', '"x" is no list'],
  [{ value: 'maybe', as: 'boolean' }, 1, 'not a boolean'],
  [{ value: 'x', as: 'number' }, 1, 'not a number'],
  [{ value: '{', as: 'json' }, 1, 'JSON'],
  [{ value: '{"__proto__": {"x": 1}}', as: 'json' }, 1, 'the forbidden key'],
  [{ value: `${'['.repeat(60)}${']'.repeat(60)}`, as: 'json' }, 1, 'nested too deeply'],
])('%j applied to %j fails with a reason', (change, before, detail) => {
  const ann = changing([{ variable: 'x', ...change }], { x: before });
  expect(ann.last.trace.at(-1)).toMatchObject({
    kind: 'step_failed',
    step_id: 's',
    detail: expect.stringContaining(detail),
  });
  expect(ann.session.step_id).toBeNull();
});

describe('a variable that grows without limit', () => {
  const grow = (change: object): Dialogue =>
    dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          variables: { x: 'x'.repeat(1000), list: [] },
          steps: [
            { id: 's', type: 'set', changes: Array.from({ length: 50 }, () => change) },
            { id: 'q', type: 'question', text: 'More?', next: 's' },
          ],
        },
      },
    ]);

  test('by doubling: the flow ends with a reason', () => {
    const ann = grow({ variable: 'x', value: '{{ x }}{{ x }}' });
    ann.say('/start');
    expect(ann.last.trace.at(-1)).toMatchObject({
      kind: expect.stringMatching(/budget_exceeded|step_failed/),
      step_id: 's',
    });
    expect(ann.session.step_id).toBeNull();
  });

  test('by lists in lists', () => {
    const ann = grow({ variable: 'list', value: ['{{ list }}', '{{ list }}', 'word'] });
    ann.say('/start');
    expect(ann.last.trace.at(-1)).toEqual({
      kind: 'budget_exceeded',
      step_id: 's',
      detail: 'more than 256000 characters of variables',
    });
  });

  test('by appending', () => {
    const ann = grow({ variable: 'list', do: 'append', value: '{{ x }}' });
    ann.say('/start');
    for (let time = 0; time < 10 && ann.session.step_id !== null; time += 1) ann.say('more');
    expect(ann.last.trace.at(-1)).toEqual({
      kind: 'budget_exceeded',
      step_id: 's',
      detail: 'more than 256000 characters of variables',
    });
    const many = grow({ variable: 'list', do: 'append', value: 1 });
    many.say('/start');
    for (let time = 0; time < 30 && many.session.step_id !== null; time += 1) many.say('more');
    expect(many.last.trace.at(-1)).toMatchObject({
      kind: 'step_failed',
      detail: '"list" already has 1000 items, the maximum',
    });
  });
});
