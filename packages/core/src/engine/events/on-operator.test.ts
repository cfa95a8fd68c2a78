import { describe, expect, test } from 'vitest';
import type { EngineEvent, OperatorCommand } from '../event.ts';
import { dialogue, type Dialogue } from '../fixtures/dialogue.ts';
import { readState } from '../state/read-state.ts';
import { IDLE_SESSION } from '../state/session.ts';

const STEPS = [
  { id: 'name', type: 'question', text: 'Name?', next: 'pause' },
  { id: 'pause', type: 'wait', for: { minutes: 5 }, next: 'menu' },
  { id: 'menu', type: 'menu', text: 'Hi {{ name }}', buttons: [{ text: 'Bye', next: 'bye' }] },
  { id: 'bye', type: 'message', text: 'Bye {{ name }}', next: null },
];

function start(steps: readonly object[] = STEPS): Dialogue {
  const ann = dialogue([
    { trigger_command: 'start', flow_data: { steps } },
    { name: 'Asks', trigger_command: 'ask', flow_data: { steps: [{ id: 'q', type: 'question', text: 'Inner?' }] } },
  ]);
  ann.say('/start');
  return ann;
}

function command(ann: Dialogue, given: OperatorCommand): string[] {
  return ann.play({ kind: 'operator', command: given });
}

const first = (ann: Dialogue): unknown => ann.last.trace[0];

describe('an operator moves a session', () => {
  test('to a step, as if the flow had reached it, with the answers so far', () => {
    const ann = start();
    ann.say('Ann');
    const timer: EngineEvent = {
      kind: 'timer',
      token: readState(ann.session).wait?.token ?? '',
      purpose: 'wait',
      number: 0,
    };
    expect(command(ann, { kind: 'move', step_id: 'menu' })).toEqual(['Hi Ann']);
    expect(first(ann)).toEqual({ kind: 'operator_moved', step_id: 'pause', detail: 'menu' });
    expect(ann.session).toMatchObject({ step_id: 'menu' });
    expect(ann.session.state).not.toHaveProperty('wait');
    expect(ann.play(timer)).toEqual([]);
    expect(command(ann, { kind: 'move', step_id: 'bye' })).toEqual(['Bye Ann']);
    expect(ann.session).toEqual(IDLE_SESSION);
  });

  test('to the step at which it waits: this starts a new visit, so the earlier timer is stale', () => {
    const ann = start();
    ann.say('Ann');
    const token = readState(ann.session).wait?.token ?? '';
    command(ann, { kind: 'move', step_id: 'pause' });
    expect(readState(ann.session).wait?.token).not.toBe(token);
    expect(ann.play({ kind: 'timer', token, purpose: 'wait', number: 0 })).toEqual([]);
    expect(ann.last.trace).toMatchObject([{ kind: 'stale' }]);
  });

  test('to a step that does not exist: nothing happens, and the trace suggests a similar one', () => {
    const ann = start();
    const before = ann.session;
    expect(command(ann, { kind: 'move', step_id: 'mneu' })).toEqual([]);
    expect(ann.session).toBe(before);
    expect(first(ann)).toEqual({ kind: 'step_missing', step_id: 'name', detail: 'Did you mean "menu"?' });
  });

  test('out of its loops, but the calling flow continues when it ends', () => {
    const inner = [
      { id: 'each', type: 'loop', list: 'list', item: 'x', body: 'q', next: 'end' },
      { id: 'q', type: 'question', text: 'For {{ x }}?', next: null },
      { id: 'end', type: 'message', text: 'Inner ends', next: null },
    ];
    const ann = dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'c', type: 'call', flow: 'Inner' },
            { id: 'm', type: 'message', text: 'Outer goes on' },
          ],
        },
      },
      { name: 'Inner', flow_data: { variables: { list: ['a', 'b'] }, steps: inner } },
    ]);
    expect(ann.say('/start')).toEqual(['For a?']);
    expect(command(ann, { kind: 'move', step_id: 'end' })).toEqual(['Inner ends', 'Outer goes on']);
    expect(ann.session).toEqual(IDLE_SESSION);
    ann.say('/start');
    expect(command(ann, { kind: 'move', step_id: 'q' })).toEqual(['For a?']);
    expect(ann.session.state).not.toHaveProperty('rounds');
    expect(ann.say('yes')).toEqual(['Outer goes on']);
  });
});

describe('an operator resets a session', () => {
  test('to the current version, without variables', () => {
    const ann = start();
    ann.say('Ann');
    ann.republish([
      {
        flow_id: 'flow-1',
        flow_data: {
          steps: [
            { id: 'new', type: 'question', text: 'New {{ name }}?' },
            { id: 'name', type: 'message', text: 'x' },
          ],
        },
      },
    ]);
    expect(command(ann, { kind: 'reset' })).toEqual(['New ?']);
    expect(ann.last.trace.map(({ kind }) => kind).slice(0, 2)).toEqual(['operator_reset', 'flow_started']);
  });

  test('to the flow that the person started, not to a called one; an inactive flow restarts in its own version', () => {
    const ann = start([
      { id: 'm', type: 'message', text: 'Outer' },
      { id: 'c', type: 'call', flow: 'Asks' },
    ]);
    expect(command(ann, { kind: 'reset' })).toEqual(['Outer', 'Inner?']);
    ann.republish([]);
    expect(command(ann, { kind: 'reset' })).toEqual(['Outer']);
  });
});

describe('an operator ends a session', () => {
  test('and the timer and buttons of its step are stale', () => {
    const ann = start([{ id: 'q', type: 'question', text: 'Sure?', input: 'yes_no' }]);
    expect(command(ann, { kind: 'end' })).toEqual([]);
    expect(ann.session).toEqual(IDLE_SESSION);
    expect(first(ann)).toEqual({ kind: 'operator_ended', step_id: 'q', detail: null });
    expect(ann.press('Yes')).toEqual(['(answer) This button no longer works.']);
    expect(ann.say('yes')).toEqual([]);
  });

  test('also if its flow no longer exists, when it cannot be moved or reset', () => {
    const ann = start();
    ann.republish([]);
    ann.forget();
    for (const given of [{ kind: 'move', step_id: 'menu' }, { kind: 'reset' }] as const) {
      const before = ann.session;
      expect(command(ann, given)).toEqual([]);
      expect(ann.session).toBe(before);
      expect(first(ann)).toMatchObject({ kind: 'version_gone' });
    }
    command(ann, { kind: 'end' });
    expect(ann.session).toEqual(IDLE_SESSION);
  });

  test('a session in no flow ignores commands of operators', () => {
    const ann = dialogue([]);
    for (const given of [{ kind: 'move', step_id: 'menu' }, { kind: 'reset' }, { kind: 'end' }] as const) {
      expect(command(ann, given)).toEqual([]);
      expect(first(ann)).toMatchObject({ kind: 'ignored' });
    }
  });
});
