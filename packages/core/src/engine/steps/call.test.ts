import { describe, expect, test } from 'vitest';
import { buildBotProgram } from '../../flow/index.ts';
import { advance } from '../advance.ts';
import { dialogue, ENV, publish, text } from '../fixtures/dialogue.ts';
import { versionsNeeded } from '../run/versions-needed.ts';

const say = (id: string, words: string, more: object = {}): object => ({ id, type: 'message', text: words, ...more });

const address = {
  flow_id: 'address',
  name: 'Address',
  flow_data: {
    variables: { person: 'nobody', street: '' },
    steps: [
      { id: 'street', type: 'question', text: 'Street of {{ person }}?' },
      { id: 'whole', type: 'set', changes: [{ variable: 'whole', value: '{{ street }} ({{ person }})' }] },
    ],
  },
};
const order = {
  trigger_command: 'order',
  name: 'Order',
  flow_data: {
    steps: [
      { id: 'name', type: 'question', text: 'Name?' },
      {
        id: 'where',
        type: 'call',
        flow: 'Address',
        inputs: { person: '{{ name }}' },
        outputs: { place: 'whole', missing: 'nowhere' },
      },
      say('done', '{{ name }}: {{ place }}{{ whole }}{{ person }}[{{ missing }}]'),
    ],
  },
};

test('another flow runs with inputs and returns outputs; each flow has its own variables', () => {
  const ann = dialogue([order, address]);
  ann.say('/order');
  expect(ann.say('Bo')).toEqual(['Street of Bo?']);
  expect(ann.session).toMatchObject({
    flow_version_id: 2,
    step_id: 'street',
    state: {
      variables: { person: 'Bo', street: '' },
      frames: [{ flow_version_id: 1, step_id: 'where', variables: { name: 'Bo' }, rounds: [] }],
    },
  });
  expect(ann.say('Elm 5')).toEqual(['Bo: Elm 5 (Bo)[]']);
  expect(ann.last.trace.map(({ kind }) => kind)).toContain('flow_returned');
  expect(ann.session.step_id).toBeNull();
});

test('a command leads out of any nesting', () => {
  const ann = dialogue([order, address, { trigger_command: 'help', flow_data: { response: 'Help' } }]);
  ann.say('/order');
  ann.say('Bo');
  expect(ann.say('/help')).toEqual(['Help']);
  expect(ann.session.state).toEqual({});
});

describe('versions', () => {
  test('calling flows stay on their version, and versionsNeeded() returns it', () => {
    const ann = dialogue([order, address]);
    ann.say('/order');
    ann.say('Bo');
    expect(versionsNeeded(ann.session, text('x'))).toEqual([2, 1]);
    ann.republish([
      { ...order, flow_data: { response: 'new' } },
      { ...address, flow_data: { response: 'new' } },
    ]);
    expect(ann.say('Elm 5')).toEqual(['Bo: Elm 5 (Bo)[]']);
  });

  test('a calling flow that was deleted in the meantime ends the session cleanly', () => {
    const ann = dialogue([order, address]);
    ann.say('/order');
    ann.say('Bo');
    const only = buildBotProgram({ id: 'b', name: 'B', username: 'b_bot' }, publish([address], 2));
    const { session, effects, trace } = advance(only, ann.session, text('Elm 5'), ENV);
    expect(effects).toEqual([]);
    expect(trace.map(({ kind }) => kind).slice(-2)).toEqual(['version_gone', 'flow_ended']);
    expect(session.step_id).toBeNull();
  });
});

test('within a loop, the loop continues after the return', () => {
  const ann = dialogue([
    {
      trigger_command: 'start',
      flow_data: {
        variables: { people: ['Al', 'Bo'] },
        steps: [
          { id: 'each', type: 'loop', list: 'people', item: 'who', body: 'ask', next: 'end' },
          {
            id: 'ask',
            type: 'call',
            flow: 'address',
            inputs: { person: '{{ who }}' },
            outputs: { place: 'whole' },
            next: 'say',
          },
          say('say', '{{ place }}', { next: null }),
          say('end', 'End', { next: null }),
        ],
      },
    },
    address,
  ]);
  expect(ann.say('/start')).toEqual(['Street of Al?']);
  expect(ann.say('Elm')).toEqual(['Elm (Al)', 'Street of Bo?']);
  expect(ann.say('Oak')).toEqual(['Oak (Bo)', 'End']);
});

describe('flows that call one another', () => {
  const calling = (name: string, flow: string): object => ({
    name,
    trigger_command: name,
    flow_data: { steps: [{ id: 'c', type: 'call', flow }, say('m', name)] },
  });

  test('are stopped at the maximum nesting', () => {
    const ann = dialogue([calling('a', 'b'), calling('b', 'a')] as Parameters<typeof dialogue>[0]);
    expect(ann.say('/a')).toEqual([]);
    expect(ann.last.trace.at(-1)).toMatchObject({
      kind: 'budget_exceeded',
      detail: 'more than 10 nested calls of flows',
    });
    expect(ann.session.step_id).toBeNull();
  });

  test('and flows that jump to one another are stopped by the budget', () => {
    const jumping = (name: string, flow: string): object => ({
      name,
      trigger_command: name,
      flow_data: { steps: [{ id: 'c', type: 'jump', flow }] },
    });
    const ann = dialogue([jumping('a', 'b'), jumping('b', 'a')] as Parameters<typeof dialogue>[0]);
    ann.say('/a');
    expect(ann.last.trace.at(-1)).toMatchObject({ kind: 'budget_exceeded', detail: 'more than 100 steps' });
  });

  test('variables of calling flows count toward the limit', () => {
    const ann = dialogue([
      {
        name: 'a',
        trigger_command: 'a',
        flow_data: { variables: { big: 'x'.repeat(60_000) }, steps: [{ id: 'c', type: 'call', flow: 'a' }] },
      },
    ]);
    ann.say('/a');
    expect(ann.last.trace.at(-1)).toMatchObject({
      kind: 'budget_exceeded',
      detail: 'more than 256000 characters of variables',
    });
  });
});

test('a flow that does not exist fails the step', () => {
  const ann = dialogue([
    {
      trigger_command: 'start',
      flow_data: { steps: [{ id: 'c', type: 'call', flow: 'nowhere', on_error: 'sorry' }, say('sorry', 'Sorry')] },
    },
  ]);
  expect(ann.say('/start')).toEqual(['Sorry']);
  expect(ann.last.trace.map(({ kind }) => kind)).toEqual([
    'flow_started',
    'step_entered',
    'flow_missing',
    'step_failed',
    'error_branch',
    'step_entered',
    'flow_ended',
  ]);
});

describe('jump', () => {
  test('to a step, and to another flow with inputs', () => {
    const ann = dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'j', type: 'jump', step: 'c' },
            say('b', 'never'),
            { id: 'c', type: 'jump', flow: 'Two', inputs: { x: [1, 2] } },
          ],
        },
      },
      { name: 'Two', flow_data: { variables: { x: null, y: 'kept' }, steps: [say('m', '{{ x }} {{ y }}')] } },
    ]);
    expect(ann.say('/start')).toEqual(['1, 2 kept']);
  });

  test('out of a called flow: the calling flow receives the variables of the other flow', () => {
    const ann = dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          steps: [{ id: 'c', type: 'call', flow: 'Two', outputs: { got: 'z' } }, say('m', 'got {{ got }}')],
        },
      },
      { name: 'Two', flow_data: { steps: [{ id: 'j', type: 'jump', flow: 'Three' }] } },
      { name: 'Three', flow_data: { steps: [{ id: 's', type: 'set', changes: [{ variable: 'z', value: 'it' }] }] } },
    ]);
    expect(ann.say('/start')).toEqual(['got it']);
  });
});

test('"end" of all also ends the calling flows', () => {
  const ending = (ends: string): string[] =>
    dialogue([
      { trigger_command: 'start', flow_data: { steps: [{ id: 'c', type: 'call', flow: 'Two' }, say('m', 'back')] } },
      { name: 'Two', flow_data: { steps: [{ id: 'e', type: 'end', ends }] } },
    ]).say('/start');
  expect(ending('flow')).toEqual(['back']);
  expect(ending('all')).toEqual([]);
});

test('a button of the calling flow returns to it', () => {
  const ann = dialogue([
    {
      trigger_command: 'start',
      flow_data: {
        steps: [
          {
            id: 'menu',
            type: 'menu',
            text: 'Menu',
            buttons: [
              { text: 'Call', next: 'c' },
              { text: 'Say', next: 'm' },
            ],
          },
          { id: 'c', type: 'call', flow: 'Address', next: null },
          say('m', 'Said', { next: null }),
        ],
      },
    },
    address,
  ]);
  ann.say('/start');
  expect(ann.press('Call').at(-1)).toBe('Street of nobody?');
  expect(ann.press('Say').at(-1)).toBe('Said');
  expect(ann.session.state).toEqual({});
});
