import { expect, test } from 'vitest';
import { dialogue } from '../fixtures/dialogue.ts';

const say = (id: string, text: string, next: string | null): object => ({ id, type: 'message', text, next });
const each = (more: object = {}): object => ({
  id: 'each',
  type: 'loop',
  list: 'list',
  body: 'b',
  next: 'after',
  ...more,
});
const loop = (list: unknown, steps: object[]): ReturnType<typeof dialogue> =>
  dialogue([
    {
      trigger_command: 'start',
      flow_data: { variables: { list }, steps: [...steps, say('after', 'After {{ item }}', null)] },
    },
  ]);

test('sends a message for every item, then continues', () => {
  const ann = loop(['tea', 'milk'], [each({ index: 'n' }), say('b', '{{ n }}. {{ item }}', null)]);
  expect(ann.say('/start')).toEqual(['1. tea', '2. milk', 'After milk']);
});

test('no items, or not a list: the loop is skipped', () => {
  for (const list of [[], 'tea', null, 7, { a: 1 }])
    expect(loop(list, [each(), say('b', 'never', null)]).say('/start')).toEqual(['After ']);
});

test('questions in the body wait in every round, and the limit ends the loop', () => {
  const ann = loop(
    ['tea', 'milk', 'salt'],
    [
      each({ limit: 2 }),
      { id: 'b', type: 'question', text: 'How much {{ item }}?', input: 'number', variable: 'amount', next: 'keep' },
      {
        id: 'keep',
        type: 'set',
        changes: [{ variable: 'order', do: 'append', value: '{{ item }}: {{ amount }}' }],
        next: null,
      },
      say('unreached', '{{ order }}', null),
    ],
  );
  expect(ann.say('/start')).toEqual(['How much tea?']);
  expect(ann.session.state.rounds).toEqual([{ step_id: 'each', index: 0 }]);
  expect(ann.say('lots')).toHaveLength(1);
  expect(ann.say('1')).toEqual(['How much milk?']);
  expect(ann.say('2')).toEqual(['After milk']);
  expect(ann.session.state).toEqual({});
});

test('nested loops', () => {
  const ann = loop(
    [
      [1, 2],
      [3, 4],
    ],
    [
      each({ item: 'row' }),
      { id: 'b', type: 'loop', list: 'row', item: 'cell', body: 'c', next: null },
      say('c', '{{ cell }}', null),
    ],
  );
  expect(ann.say('/start')).toEqual(['1', '2', '3', '4', 'After ']);
});

test('"end" leaves a round, the loop, or the flow', () => {
  const ending = (ends: string | null): string[] =>
    loop(
      [1, 2, 3],
      [
        each(),
        { id: 'b', type: 'condition', if: { var: 'item', op: '=', value: 2 }, then: 'stop', else: 'show' },
        { id: 'stop', type: 'end', ...(ends === null ? {} : { ends }) },
        say('show', '{{ item }}', null),
      ],
    ).say('/start');
  expect(ending('round')).toEqual(['1', '3', 'After 3']);
  expect(ending('loop')).toEqual(['1', 'After 2']);
  expect(ending('flow')).toEqual(['1']);
  expect(ending('all')).toEqual(['1']);
  expect(ending(null)).toEqual(['1']);
});

test('returning to the loop from inside starts its next round; after the last one, it starts again', () => {
  expect(loop([1, 2], [each(), say('b', '{{ item }}', 'each')]).say('/start')).toEqual(['1', '2', 'After 2']);
  const again = loop([1, 2], [each({ next: 'each' }), say('b', '{{ item }}', null)]);
  expect(again.say('/start').slice(0, 5)).toEqual(['1', '2', '1', '2', '1']);
  expect(again.last.trace.at(-1)).toMatchObject({ kind: 'budget_exceeded' });
});

test('returning to an outer loop leaves the inner one', () => {
  const ann = loop(
    [
      [1, 2],
      [3, 4],
    ],
    [
      each({ item: 'row' }),
      { id: 'b', type: 'loop', list: 'row', item: 'cell', body: 'c', next: null },
      say('c', '{{ cell }}', 'each'),
    ],
  );
  expect(ann.say('/start')).toEqual(['1', '3', 'After ']);
});

test('endless nesting of loops fails with a reason', () => {
  const steps = Array.from({ length: 8 }, (_, index) => ({
    id: `l${index}`,
    type: 'loop',
    list: 'list',
    body: `l${index + 1}`,
    next: null,
  }));
  const ann = dialogue([
    { trigger_command: 'start', flow_data: { variables: { list: [1] }, steps: [...steps, say('l8', 'deep', null)] } },
  ]);
  ann.say('/start');
  expect(ann.last.trace.at(-1)).toMatchObject({ kind: 'step_failed', detail: 'more than 5 nested loops' });
});

test('a button of another step leaves the loop; one of the waiting step does not', () => {
  const menu = (id: string, next: string | null): object => ({
    id,
    type: 'menu',
    text: id,
    buttons: [{ text: `${id}!`, next }],
  });
  const ann = dialogue([
    {
      trigger_command: 'start',
      flow_data: {
        variables: { list: [1, 2] },
        steps: [
          menu('top', 'each'),
          each(),
          menu('b', 'shown'),
          say('shown', '{{ item }}', null),
          say('after', 'After', null),
        ],
      },
    },
  ]);
  ann.say('/start');
  expect(ann.press('top!').at(-1)).toBe('b');
  expect(ann.press('b!').slice(1)).toEqual(['1', 'b']);
  // Pressed at the top while the loop waits: it begins anew.
  expect(ann.press('top!').at(-1)).toBe('b');
  expect(ann.session.state.rounds).toEqual([{ step_id: 'each', index: 0 }]);
  ann.press('b!');
  expect(ann.press('b!').slice(1)).toEqual(['2', 'After']);
});
