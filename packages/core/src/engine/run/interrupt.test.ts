import { describe, expect, test } from 'vitest';
import type { EngineEvent } from '../event.ts';
import { callback, chatEvent, dialogue, type Dialogue } from '../fixtures/dialogue.ts';
import { readState } from '../state/read-state.ts';
import { IDLE_SESSION } from '../state/session.ts';

const say = (text: string): object => ({ id: 'say', type: 'message', text });
const survey = {
  trigger_command: 'start',
  flow_data: {
    steps: [
      { id: 'name', type: 'question', text: 'Name?', no_answer: { after: 'PT1H', next: 'late' } },
      { id: 'town', type: 'question', text: 'Town, {{ name }}?' },
      { id: 'end', type: 'message', text: '{{ name }} of {{ town }}', next: null },
      { id: 'late', type: 'message', text: 'Too late', next: null },
    ],
  },
};
const help = { trigger_command: 'help', flow_data: { interrupted: 'come_back', response: 'Help' } };
const ask = (trigger_command: string, interrupted = 'come_back'): { trigger_command: string; flow_data: object } => ({
  trigger_command,
  flow_data: {
    interrupted,
    steps: [
      { id: trigger_command, type: 'question', text: `${trigger_command}?` },
      say('Fine: {{ ' + trigger_command + ' }}'),
    ],
  },
});
const traced = ({ last }: Dialogue): string[] => last.trace.map(({ kind }) => kind);

test('the interrupted step is shown again when the command’s flow ends, and keeps its state', () => {
  const ann = dialogue([survey, help]);
  ann.say('/start');
  ann.say('Ann');
  expect(ann.say('/help')).toEqual(['Help', 'Town, Ann?']);
  expect(traced(ann)).toContain('flow_resumed');
  expect(ann.say('Bergen')).toEqual(['Ann of Bergen']);
  expect(ann.session).toBe(IDLE_SESSION);
});

test('a flow that asks returns after its answers, and does not without the setting', () => {
  const ann = dialogue([survey, ask('lang'), ask('stop', 'end')]);
  ann.say('/start');
  expect(ann.say('/lang')).toEqual(['lang?']);
  expect(ann.say('de')).toEqual(['Fine: de', 'Name?']);
  expect(ann.say('/stop')).toEqual(['stop?']);
  expect(ann.say('now')).toEqual(['Fine: now']);
  expect(ann.session).toBe(IDLE_SESSION);
});

test('interruptions of interruptions do not pile up: the run returns to the first', () => {
  const ann = dialogue([survey, ask('lang'), ask('size'), help]);
  ann.say('/start');
  for (let time = 0; time < 50; time += 1) {
    ann.say('/lang');
    ann.say('/size');
  }
  expect(JSON.stringify(ann.session).length).toBeLessThan(1000);
  expect(ann.say('/help')).toEqual(['Help', 'Name?']);
});

test('a flow that starts again does not interrupt itself', () => {
  const ann = dialogue([ask('lang')]);
  ann.say('/lang');
  expect(ann.say('/lang')).toEqual(['lang?']);
  expect(ann.say('de')).toEqual(['Fine: de']);
  expect(ann.session).toBe(IDLE_SESSION);
});

test('keywords and events interrupt too; a flow that ends immediately does not show the step again', () => {
  const triggers = (kind: object): object => ({ triggers: [kind], interrupted: 'come_back' });
  const ann = dialogue([
    { trigger_command: 'start', flow_data: { type: 'menu', text: 'Menu', buttons: [{ text: 'A', response: 'a' }] } },
    { flow_data: { ...triggers({ kind: 'keyword', words: ['tea'] }), response: 'Tea' } },
    {
      flow_data: {
        ...triggers({ kind: 'event', event: 'unblocked' }),
        steps: [{ id: 'why', type: 'question', text: 'Why?' }],
      },
    },
    { flow_data: { ...triggers({ kind: 'callback', data: 'x' }), response: 'X' } },
  ]);
  ann.say('/start');
  expect(ann.say('tea')).toEqual(['Tea']);
  expect(ann.play(chatEvent('unblocked'))).toEqual(['Why?']);
  expect(ann.say('so')).toEqual(['Menu']);
  expect(ann.play(callback('x'))).toEqual(['(answer)', 'X', 'Menu']);
});

test('a button of the interrupted flow returns to it', () => {
  const menu = {
    trigger_command: 'start',
    flow_data: {
      variables: { n: 5 },
      steps: [
        { id: 'm', type: 'menu', text: 'Menu', buttons: [{ text: 'On', next: 'q' }] },
        { id: 'q', type: 'question', text: 'n is {{ n }}' },
      ],
    },
  };
  const ann = dialogue([menu, ask('lang')]);
  ann.say('/start');
  ann.say('/lang');
  expect(ann.press('On')).toEqual(['(answer)', 'n is 5']);
  expect(readState(ann.session).interrupted).toBeNull();
});

describe('outside work of the interrupted flow', () => {
  const steps = [
    { id: 'ask', type: 'http', url: 'https://example.com/', save_to: 'answer' },
    say('It is {{ answer }}'),
  ];
  const result = (token: string): Parameters<Dialogue['play']>[0] => ({
    kind: 'result',
    token,
    outcome: { kind: 'ok', value: { status: 200, body: 'tea' } },
  });
  const tokenOf = (ann: Dialogue): string => {
    const state = readState(ann.session);
    return (state.interrupted ?? state).wait?.token ?? '';
  };

  test('is not requested again, and its result arrives after the interruption', () => {
    const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }, help]);
    ann.say('/start');
    const token = tokenOf(ann);
    expect(ann.say('/help')).toEqual(['Help']);
    expect(ann.play(result(token))).toEqual(['It is tea']);
  });

  test('ends the interruption when its result arrives during it', () => {
    const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }, ask('lang')]);
    ann.say('/start');
    ann.say('/lang');
    expect(ann.play(result(tokenOf(ann)))).toEqual(['It is tea']);
    expect(ann.session).toBe(IDLE_SESSION);
  });

  test('the no-answer timeout also ends the interruption, but a reminder does not', () => {
    const ann = dialogue([survey, ask('lang')]);
    ann.say('/start');
    const token = tokenOf(ann);
    ann.say('/lang');
    expect(ann.play({ kind: 'timer', token, purpose: 'reminder', number: 0 })).toEqual([]);
    expect(ann.session.step_id).toBe('lang');
    expect(ann.play({ kind: 'timer', token, purpose: 'no_answer', number: 0 })).toEqual(['Too late']);
  });

  test('a timer of the interrupting flow belongs to that flow', () => {
    const ann = dialogue([
      survey,
      {
        trigger_command: 'later',
        flow_data: { interrupted: 'come_back', steps: [{ id: 'w', type: 'wait', for: { minutes: 1 } }, say('Later')] },
      },
    ]);
    ann.say('/start');
    ann.say('/later');
    expect(
      ann.play({ kind: 'timer', token: readState(ann.session).wait?.token ?? '', purpose: 'wait', number: 0 }),
    ).toEqual(['Later', 'Name?']);
  });
});

test('a command’s flow that fails leaves the session where it was', () => {
  const ann = dialogue([
    survey,
    {
      trigger_command: 'help',
      flow_data: { interrupted: 'come_back', steps: [{ id: 'j', type: 'jump', flow: '/nowhere' }] },
    },
  ]);
  ann.say('/start');
  const before = ann.session;
  expect(ann.say('/help')).toEqual([]);
  expect(ann.session).toEqual(before);
  expect(ann.say('Ann')).toEqual(['Town, Ann?']);
});

test('an interrupted flow stays on its version, and ends if that no longer exists', () => {
  const flow = { ...survey, flow_id: 'survey' };
  const ann = dialogue([flow, { ...ask('lang'), flow_id: 'lang' }]);
  ann.say('/start');
  ann.say('/lang');
  ann.republish([
    { ...flow, flow_data: { response: 'new' } },
    { ...ask('lang'), flow_id: 'lang' },
  ]);
  expect(ann.say('de')).toEqual(['Fine: de', 'Name?']);
  ann.say('/lang');
  ann.forget();
  ann.republish([{ ...ask('lang'), flow_id: 'lang' }]);
  ann.forget();
  expect(ann.say('de')).toEqual([]);
  expect(ann.session).toBe(IDLE_SESSION);
});

test('if both flows wait for events, each continues with its own; the current one first for the same event', () => {
  const waitFor = (trigger_command: string, event: string): Parameters<typeof dialogue>[0][number] => ({
    trigger_command,
    flow_data: {
      interrupted: 'come_back',
      steps: [{ id: 'w', type: 'wait_for_event', event }, say(`${trigger_command}: {{ event.name }}`)],
    },
  });
  const raise = (name: string): EngineEvent => ({ kind: 'external', name, data: null });
  const shop = (outer: string): Dialogue => {
    const ann = dialogue([waitFor('buy', 'paid'), waitFor('send', outer)]);
    ann.say('/buy');
    ann.say('/send');
    return ann;
  };
  const ann = shop('shipped');
  const before = ann.session;
  expect(ann.play(raise('lost'))).toEqual([]);
  expect(ann.session).toBe(before);
  expect(ann.play(raise('paid'))).toEqual(['buy: paid']);
  expect(ann.session).toBe(IDLE_SESSION);
  const other = shop('shipped');
  expect(other.play(raise('shipped'))).toEqual(['send: shipped']);
  expect(other.play(raise('paid'))).toEqual(['buy: paid']);
  const same = shop('paid');
  expect(same.play(raise('paid'))).toEqual(['send: paid']);
  expect(same.play(raise('paid'))).toEqual(['buy: paid']);
});
