import { describe, expect, test } from 'vitest';
import { validateFlow } from '../../flow/index.ts';
import type { EngineEvent } from '../event.ts';
import { chatEvent, dialogue, ENV, photo, start, type Dialogue } from '../fixtures/dialogue.ts';
import { readState } from '../state/read-state.ts';
import { IDLE_SESSION } from '../state/session.ts';

const HOUR = 3_600_000;
const GIVE_BACK: EngineEvent = { kind: 'operator', command: { kind: 'give_back' } };

function handedOver(step: object = {}, more: Parameters<typeof dialogue>[0] = []): Dialogue {
  const steps = [
    { id: 'menu', type: 'message', text: 'Somebody will help you.', buttons: [{ text: 'Prices', response: '3 €' }] },
    { id: 'human', type: 'handover', next: 'after', ...step },
    { id: 'after', type: 'message', text: 'I am back', next: null },
    { id: 'late', type: 'message', text: 'Nobody came', next: null },
  ];
  const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }, ...more]);
  ann.say('/start');
  return ann;
}

const DEFAULT = {
  is_default: true,
  flow_data: { triggers: [{ kind: 'keyword', words: ['tea'] }], response: 'Default' },
};
const OTHER = { trigger_command: 'other', flow_data: { response: 'Other' } };

describe('a handover', () => {
  test('silences the bot, whatever the person sends or presses, until it is released', () => {
    const ann = handedOver({ subject: ' Help for {{ user.first_name }} ' }, [DEFAULT, OTHER]);
    const before = ann.session;
    expect(readState(before).wait).toEqual({
      token: 'e1',
      reason: 'handover',
      deadline: ENV.now + 24 * HOUR,
      subject: 'Help for Ann',
    });
    for (const words of ['hello', 'tea', '/start', '/other', '/nothing']) {
      expect(ann.say(words), words).toEqual([]);
      expect(ann.session, words).toBe(before);
      expect(ann.last.trace).toEqual([{ kind: 'held', step_id: 'human', detail: null }]);
    }
    expect(ann.play(photo())).toEqual([]);
    expect(ann.press('Prices')).toEqual(['(answer) You are talking with a person now.']);
    expect(ann.press('gone')).toEqual(['(answer) You are talking with a person now.']);
    expect(ann.session).toBe(before);
    expect(ann.play(GIVE_BACK)).toEqual(['I am back']);
    expect(ann.session).toEqual(IDLE_SESSION);
    expect(ann.say('hello')).toEqual(['Default']);
  });

  test('may allow commands, which end it; everything else is not answered', () => {
    const ann = handedOver({ commands: true }, [DEFAULT, OTHER]);
    for (const words of ['hello', 'tea', '/nothing']) expect(ann.say(words), words).toEqual([]);
    expect(ann.press('Prices')).toEqual(['(answer) You are talking with a person now.']);
    expect(ann.say('/other')).toEqual(['Other']);
    expect(ann.play(GIVE_BACK)).toEqual([]);
    expect(ann.last.trace).toMatchObject([{ kind: 'ignored' }]);
  });

  test('times out: at its next step, or at its on_timeout step', () => {
    const timer: EngineEvent = { kind: 'timer', token: 'e1', purpose: 'wait', number: 0 };
    expect(handedOver().play(timer)).toEqual(['I am back']);
    const ann = handedOver({ timeout: { hours: 2 }, on_timeout: 'late' });
    expect(ann.last.effects).toContainEqual({
      kind: 'timer',
      token: 'e1',
      purpose: 'wait',
      number: 0,
      due_at: ENV.now + 2 * HOUR,
    });
    expect(ann.play(timer)).toEqual(['Nobody came']);
    expect(ann.play(timer)).toEqual([]);
    const ended = handedOver({ on_timeout: null });
    expect(ended.play(timer)).toEqual([]);
    expect(ended.session).toEqual(IDLE_SESSION);
  });

  test.each([
    ['ends at once is done', { response: 'Thanks' }, ['Thanks']],
    [
      'shows buttons is done',
      { steps: [{ id: 'more', type: 'menu', text: 'Thanks', buttons: [{ text: 'More', response: 'More' }] }] },
      ['Thanks'],
    ],
    [
      'asks is not begun',
      {
        steps: [
          { id: 't', type: 'tag', tags: ['fan'] },
          { id: 'q', type: 'question', text: 'You like it?' },
        ],
      },
      [],
    ],
    [
      'waits for a server is not begun',
      {
        steps: [
          { id: 'm', type: 'message', text: 'A moment' },
          { id: 'h', type: 'http', method: 'POST', url: 'https://example.com/like' },
        ],
      },
      [],
    ],
  ])('chat events never take over the session: a flow that %s', (_, flow, said) => {
    const ann = handedOver({}, [{ flow_data: { triggers: [{ kind: 'event', event: 'reaction' }], ...flow } }]);
    const before = ann.session;
    expect(ann.play(chatEvent('reaction'))).toEqual(said);
    expect(ann.session).toBe(before);
    expect(ann.last.trace.some(({ kind }) => kind === 'held_back')).toBe(said.length === 0);
    expect(ann.play(GIVE_BACK)).toEqual(['I am back']);
  });

  test('a payment whose flow would have to wait is reported as unhandled', () => {
    const payment: EngineEvent = {
      kind: 'payment',
      currency: 'XTR',
      total_amount: 50,
      invoice_payload: 'mine',
      telegram_payment_charge_id: 'c1',
      provider_payment_charge_id: 'p1',
      order_info: null,
    };
    const ann = handedOver({}, [
      { flow_data: { triggers: [{ kind: 'payment' }], steps: [{ id: 'size', type: 'question', text: 'Size?' }] } },
    ]);
    expect(ann.play(payment)).toEqual([]);
    expect(ann.last.trace[0]).toEqual({ kind: 'payment_unhandled', step_id: null, detail: 'c1' });
    expect(ann.last.trace.at(-1)).toEqual({ kind: 'held_back', step_id: 'size', detail: null });
  });

  test('only a session that was handed over can be released; an operator may also move or end it', () => {
    const ann = dialogue([
      { trigger_command: 'start', flow_data: { steps: [{ id: 'q', type: 'question', text: 'Q?' }] } },
    ]);
    ann.say('/start');
    const before = ann.session;
    expect(ann.play(GIVE_BACK)).toEqual([]);
    expect(ann.session).toBe(before);
    expect(ann.last.trace).toEqual([{ kind: 'not_handed_over', step_id: 'q', detail: null }]);
    const bob = handedOver();
    expect(bob.play({ kind: 'operator', command: { kind: 'move', step_id: 'late' } })).toEqual(['Nobody came']);
    const cid = handedOver();
    cid.play({ kind: 'operator', command: { kind: 'end' } });
    expect(cid.say('/start')[0]).toBe('Somebody will help you.');
  });

  test('that a flow has interrupted can be released meanwhile', () => {
    const help = {
      trigger_command: 'help',
      flow_data: { interrupted: 'come_back', steps: [{ id: 'q', type: 'question', text: 'With what?' }] },
    };
    const ann = handedOver({ commands: true }, [help]);
    expect(ann.say('/help')).toEqual(['With what?']);
    expect(ann.play(GIVE_BACK)).toEqual(['I am back']);
    expect(ann.session).toEqual(IDLE_SESSION);
    const bob = handedOver({ commands: true }, [help, OTHER]);
    // No program and no schedule speaks meanwhile.
    bob.say('/help');
    expect(bob.play(start('flow-3'))).toEqual([]);
    expect(bob.last.trace).toEqual([{ kind: 'held', step_id: 'q', detail: null }]);
    expect(bob.say('this')).toEqual([]);
    expect(bob.say('hello')).toEqual([]);
    expect(bob.last.trace).toMatchObject([{ kind: 'held' }]);
  });

  test('of a flow that was deleted in the meantime does not hold the session', () => {
    const ann = handedOver();
    ann.republish([OTHER]);
    ann.forget();
    expect(ann.say('/other')).toEqual(['Other']);
  });

  test.each([
    [{ timeout: { seconds: 0 } }, '/steps/0/timeout', 'duration_invalid'],
    [{ on_timeout: 'nowhere' }, '/steps/0/on_timeout', 'dangling_step'],
    [{ subject: '{{ nobody }}' }, '/steps/0/subject', 'unknown_variable'],
    [{ commands: 'yes' }, '/steps/0/commands', 'wrong_type'],
  ])('%j: %s %s', (step, path, code) => {
    expect(validateFlow({ steps: [{ id: 'h', type: 'handover', ...step }] })).toContainEqual(
      expect.objectContaining({ path, code }),
    );
  });

  test('in a loop is not an endless loop', () => {
    expect(validateFlow({ steps: [{ id: 'h', type: 'handover', next: 'h' }] })).toEqual([]);
  });
});
