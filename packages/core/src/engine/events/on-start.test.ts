import { expect, test } from 'vitest';
import { chatEvent, dialogue, start } from '../fixtures/dialogue.ts';

const survey = {
  trigger_command: 'start',
  flow_data: {
    steps: [
      { id: 'q', type: 'question', text: 'Name?' },
      { id: 'm', type: 'message', text: 'Hi {{ q }}' },
    ],
  },
};
const news = {
  flow_id: 'news',
  flow_data: {
    variables: { n: 1, who: 'you' },
    steps: [{ id: 'm', type: 'message', text: 'Order {{ n }} for {{ who }}' }],
  },
};
const ask = {
  flow_id: 'ask',
  flow_data: { interrupted: 'come_back', steps: [{ id: 'a', type: 'question', text: 'Happy?' }] },
};

test('the host starts a flow with more variables; a session in another flow stays there if it ends immediately', () => {
  const ann = dialogue([survey, news]);
  expect(ann.play(start('news', { n: 12 }))).toEqual(['Order 12 for you']);
  ann.say('/start');
  const before = ann.session;
  expect(ann.play(start('news'))).toEqual(['Order 1 for you']);
  expect(ann.session).toBe(before);
});

test('a flow that asks takes over, and returns to the interrupted flow if it is set to', () => {
  const ann = dialogue([survey, ask]);
  ann.say('/start');
  expect(ann.play(start('ask'))).toEqual(['Happy?']);
  expect(ann.say('yes')).toEqual(['Name?']);
});

test('nothing is started while an operator has the session', () => {
  const order = {
    flow_id: 'order',
    flow_data: {
      steps: [
        { id: 'm', type: 'message', text: 'We charge you now' },
        { id: 'h', type: 'http', method: 'POST', url: 'https://example.com/charge' },
      ],
    },
  };
  const ann = dialogue([
    { trigger_command: 'start', flow_data: { steps: [{ id: 'human', type: 'handover', commands: true }] } },
    news,
    order,
  ]);
  ann.say('/start');
  const before = ann.session;
  for (const flow of ['news', 'order']) {
    expect(ann.play(start(flow)), flow).toEqual([]);
    expect(ann.session, flow).toBe(before);
    expect(ann.last.trace, flow).toEqual([{ kind: 'held', step_id: 'human', detail: null }]);
  }
});

test('a flow that is not active is not started', () => {
  const ann = dialogue([survey]);
  expect(ann.play(start('gone'))).toEqual([]);
  expect(ann.last.trace).toMatchObject([{ kind: 'flow_missing', detail: 'gone' }]);
});

test.each([
  ['the program', { flow_id: 'fails' }, start('fails')],
  ['a reaction', {}, chatEvent('reaction')],
])('a flow that fails leaves a session in another flow there: started by %s', (_, named, event) => {
  const steps = [{ id: 'n', type: 'notify', to: '{{ nobody }}', text: 'Hi' }];
  const ann = dialogue([survey, { ...named, flow_data: { triggers: [{ kind: 'event', event: 'reaction' }], steps } }]);
  ann.say('/start');
  const before = ann.session;
  ann.play(event);
  expect(ann.last.trace).toContainEqual(expect.objectContaining({ kind: 'step_failed', step_id: 'n' }));
  expect(ann.session).toBe(before);
  expect(ann.say('Ann')).toEqual(['Hi Ann']);
});
