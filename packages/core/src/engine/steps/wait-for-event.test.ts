import { describe, expect, test } from 'vitest';
import { validateFlow } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { EngineEvent } from '../event.ts';
import { dialogue, ENV, type Dialogue } from '../fixtures/dialogue.ts';
import { readState } from '../state/read-state.ts';

const NOW = ENV.now;

function waiting(step: object = {}, after = 'Paid: {{ event.data.amount }} {{ event.name }}'): Dialogue {
  const steps = [
    { id: 'w', type: 'wait_for_event', event: 'order_paid', next: 'after', ...step },
    { id: 'after', type: 'message', text: after, next: null },
    { id: 'late', type: 'message', text: 'Too late', next: null },
  ];
  const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }]);
  ann.say('/start');
  return ann;
}

function external(data: JsonValue = { amount: 3 }, name = 'order_paid'): EngineEvent {
  return { kind: 'external', name, data };
}

describe('waiting for an event', () => {
  test('continues with the data of the event, which templates see', () => {
    const ann = waiting();
    expect(readState(ann.session).wait).toEqual({
      token: 'e1',
      reason: 'event',
      deadline: null,
      subject: 'order_paid',
    });
    expect(ann.last.effects).toEqual([]);
    expect(ann.play(external())).toEqual(['Paid: 3 order_paid']);
    expect(ann.last.trace.map(({ kind }) => kind)).toContain('event_came');
    expect(ann.session.step_id).toBeNull();
  });

  test('stores the event data, whole and in parts', () => {
    const ann = waiting({ save_to: 'all', save: { first: 'items.0.name' } }, '{{ first }} of {{ all.total }}');
    expect(ann.play(external({ total: 9, items: [{ name: 'Tea' }] }))).toEqual(['Tea of 9']);
  });

  test('another event, or one that no session waits for, changes nothing', () => {
    const ann = waiting();
    const before = ann.session;
    expect(ann.play(external(null, 'order_sent'))).toEqual([]);
    expect(ann.session).toBe(before);
    ann.play(external());
    const idle = ann.session;
    expect(ann.play(external())).toEqual([]);
    expect(ann.session).toBe(idle);
    expect(ann.last.trace.map(({ kind }) => kind)).toEqual(['ignored']);
  });

  test('continues at its branch after the timeout; a timer of an earlier visit does not', () => {
    const ann = waiting({ timeout: { minutes: 10 }, on_timeout: 'late' });
    expect(ann.last.effects).toEqual([
      { kind: 'timer', token: 'e1', purpose: 'wait', number: 0, due_at: NOW + 600_000 },
    ]);
    const timer: EngineEvent = { kind: 'timer', token: 'e1', purpose: 'wait', number: 0 };
    ann.say('/start');
    expect(ann.play(timer)).toEqual([]);
    expect(ann.play({ ...timer, token: 'e2' })).toEqual(['Too late']);
    expect(ann.play(external())).toEqual([]);
  });

  test('a message of the person meanwhile starts a side flow', () => {
    const ann = waiting();
    expect(ann.say('Is it done?')).toEqual([]);
    expect(ann.play(external())).toEqual(['Paid: 3 order_paid']);
  });

  test.each([
    [{ event: 'order paid' }, '/steps/0/event', 'wrong_format'],
    [{ event: undefined }, '/steps/0/event', 'required'],
    [{ timeout: { minutes: 1 } }, '/steps/0/on_timeout', 'required'],
    [{ on_timeout: 'late' }, '/steps/0/on_timeout', 'required'],
    [{ timeout: { seconds: 0 }, on_timeout: null }, '/steps/0/timeout', 'duration_invalid'],
    [{ timeout: 'PT1M', on_timeout: 'nowhere' }, '/steps/0/on_timeout', 'dangling_step'],
    [{ save_to: 'event' }, '/steps/0/save_to', 'name_reserved'],
  ])('%j: %s %s', (step, path, code) => {
    const steps = [
      { id: 'w', type: 'wait_for_event', event: 'order_paid', next: 'late', ...step },
      { id: 'late', type: 'message', text: 'Late', next: null },
    ];
    expect(validateFlow({ steps })).toContainEqual(expect.objectContaining({ path, code }));
  });

  test('members of the event are known, those of its data are not checked', () => {
    const read = (text: string): string[] =>
      validateFlow({ steps: [{ id: 'm', type: 'message', text }] }).map(({ code }) => code);
    expect(read('{{ event.name }} {{ event.data.order.number }}')).toEqual([]);
    expect(read('{{ event.amount }}')).toEqual(['unknown_variable']);
  });
});
