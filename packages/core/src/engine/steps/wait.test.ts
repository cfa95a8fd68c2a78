import { describe, expect, test } from 'vitest';
import { compileFlow, readDuration, validateFlow } from '../../flow/index.ts';
import type { EngineEvent } from '../event.ts';
import { ANN, dialogue, ENV, type Dialogue } from '../fixtures/dialogue.ts';
import { readState } from '../state/read-state.ts';

const NOW = Date.parse('2026-11-22T17:00:00.000Z');

function waiting(step: object, attributes: typeof ANN.attributes = {}): Dialogue {
  const steps = [
    { id: 'w', type: 'wait', ...step },
    { id: 'after', type: 'message', text: 'Done' },
  ];
  const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }], {
    ...ENV,
    now: NOW,
    user: { ...ANN, attributes },
  });
  ann.say('/start');
  return ann;
}

function timerOf(ann: Dialogue): EngineEvent {
  return { kind: 'timer', token: readState(ann.session).wait?.token ?? '', purpose: 'wait', number: 0 };
}

function dueAt(ann: Dialogue): string | null {
  const [timer] = ann.last.effects.flatMap((effect) => (effect.kind === 'timer' ? [effect] : []));
  return timer === undefined ? null : new Date(timer.due_at).toISOString();
}

describe('a wait', () => {
  test('stops the run until its time, and then continues', () => {
    const ann = waiting({ for: { minutes: 5 } });
    expect(ann.last.effects).toEqual([
      { kind: 'timer', token: 'e1', purpose: 'wait', number: 0, due_at: NOW + 300_000 },
    ]);
    expect(readState(ann.session).wait).toEqual({ token: 'e1', reason: 'time', deadline: NOW + 300_000 });
    expect(ann.play(timerOf(ann))).toEqual(['Done']);
    expect(ann.session).toEqual({ flow_version_id: null, step_id: null, state: {} });
  });

  test('a timer that fires twice, or belongs to an earlier visit, does nothing', () => {
    const ann = waiting({ for: 'PT1M' });
    const first = timerOf(ann);
    ann.say('/start');
    const before = ann.session;
    expect(ann.play(first)).toEqual([]);
    expect(ann.session).toBe(before);
    expect(ann.last.trace).toEqual([{ kind: 'stale', step_id: 'w', detail: null }]);
    const second = timerOf(ann);
    expect(ann.play(second)).toEqual(['Done']);
    expect(ann.play(second)).toEqual([]);
  });

  test('meanwhile, a message starts a side flow: a menu leaves the wait alone, a question takes over', () => {
    const flows = (other: object) => [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'w', type: 'wait', for: 'PT1M' },
            { id: 'after', type: 'message', text: 'Done' },
          ],
        },
      },
      { is_default: true, flow_data: other },
    ];
    const ann = dialogue(flows({ type: 'menu', text: 'What?', buttons: [{ text: 'A', response: 'Aha' }] }));
    ann.say('/start');
    expect(ann.say('hello')).toEqual(['What?']);
    expect(ann.press('A')).toEqual(['(answer)', 'Aha']);
    expect(ann.play(timerOf(ann))).toEqual(['Done']);
    const bob = dialogue(flows({ steps: [{ id: 'q', type: 'question', text: 'Who?' }] }));
    bob.say('/start');
    const timer = timerOf(bob);
    expect(bob.say('hello')).toEqual(['Who?']);
    expect(bob.play(timer)).toEqual([]);
  });

  test('a stale press shows nothing and does not restart the wait', () => {
    const ann = waiting({ for: 'PT1M' });
    const before = ann.session;
    expect(ann.press('gone')).toEqual(['(answer) This button no longer works.']);
    expect(ann.session).toBe(before);
  });

  test('a flow that was deleted during the wait', () => {
    const ann = waiting({ for: 'PT1M' });
    const timer = timerOf(ann);
    ann.republish([]);
    ann.forget();
    expect(ann.play(timer)).toEqual([]);
    expect(ann.session.flow_version_id).toBeNull();
  });

  test.each([
    [{ until: '18:00' }, '2026-11-22T18:00:00.000Z'],
    [{ until: '17:00' }, '2026-11-23T17:00:00.000Z'],
    [{ until: '18:30', time_zone: 'Europe/Berlin' }, '2026-11-22T17:30:00.000Z'],
    [{ until: '17:30', time_zone: 'Europe/Berlin' }, '2026-11-23T16:30:00.000Z'],
    [{ until: '2026-12-24', time_zone: 'America/New_York' }, '2026-12-24T05:00:00.000Z'],
    [{ until: '2027-03-28T02:30', time_zone: 'Europe/Berlin' }, '2027-03-28T01:30:00.000Z'],
    [{ until: '2027-10-31 02:30:00', time_zone: 'Europe/Berlin' }, '2027-10-31T00:30:00.000Z'],
    [{ until: '2026-12-24T18:00+05:30', time_zone: 'Europe/Berlin' }, '2026-12-24T12:30:00.000Z'],
  ])('until %j', (step, due_at) => {
    expect(dueAt(waiting(step))).toBe(due_at);
  });

  test("uses the person's time zone if the step has none", () => {
    expect(dueAt(waiting({ until: '09:00' }, { time_zone: 'Asia/Tokyo' }))).toBe('2026-11-23T00:00:00.000Z');
    expect(dueAt(waiting({ until: '09:00' }, { time_zone: 'Middle/Earth' }))).toBe('2026-11-23T09:00:00.000Z');
  });

  test('a time in the past does not wait', () => {
    const ann = waiting({ until: '2020-01-01' });
    expect(ann.last.effects.map(({ kind }) => kind)).toEqual(['send']);
    expect(ann.session.step_id).toBeNull();
  });

  test('a rendered time that is not valid, or too far away, fails with a reason', () => {
    for (const time of ['soon', '2026-02-30', '25:00', '2999-01-01']) {
      const ann = waiting({ until: '{{ user.attributes.at }}' }, { at: time });
      expect(ann.session.step_id, time).toBeNull();
      expect(
        ann.last.trace.map(({ kind }) => kind),
        time,
      ).toContain('step_failed');
    }
  });
});

describe('durations', () => {
  test.each([
    [{ minutes: 5 }, 300_000],
    [{ days: 1, hours: 1.5 }, 91_800_000],
    ['P1W', 604_800_000],
    ['P1DT12H30M1.5S', 131_401_500],
    [{ days: 366 }, 366 * 86_400_000],
    [{ seconds: 1e12 }, null],
    ['PT1000000000000S', null],
    [{ seconds: 0 }, null],
    [{}, null],
    ['PT0S', null],
    [{ days: 366, seconds: 1 }, null],
  ])('%j lasts %j', (source, length) => {
    expect(readDuration(source)).toBe(length);
  });

  test.each([
    { seconds: -5 },
    { seconds: '5' },
    { seconds: null },
    'PT-5S',
    'P',
    'PT',
    'P1M',
    'P1Y',
    '5 minutes',
    5,
    { minuts: 5 },
    { seconds: 1e12 },
    { seconds: 0 },
  ])('%j is refused', (source) => {
    const problems = validateFlow({ steps: [{ id: 'w', type: 'wait', for: source }] });
    expect(problems.length).toBeGreaterThan(0);
    for (const { path } of problems) expect(path).toMatch(/^\/steps\/0\/for/);
  });

  test('NaN and Infinity do not exist in JSON; as values they are rejected', () => {
    for (const seconds of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => compileFlow({ steps: [{ id: 'w', type: 'wait', for: { seconds } }] })).toThrow();
  });
});

describe('a wait in a loop', () => {
  test('of at least a second is not an endless loop', () => {
    expect(validateFlow({ steps: [{ id: 'w', type: 'wait', for: { seconds: 1 }, next: 'w' }] })).toEqual([]);
  });

  test.each([
    [{}, 'required'],
    [{ for: 'PT1S', until: '18:00' }, 'wait_unclear'],
    [{ for: 'PT1S', time_zone: 'UTC' }, 'wait_unclear'],
    [{ until: 'tomorrow' }, 'time_invalid'],
    [{ until: '18:00', time_zone: 'Mars/Olympus' }, 'time_zone_unknown'],
    [{ for: { seconds: 0 } }, 'duration_invalid'],
  ])('%j: %s', (step, code) => {
    expect(validateFlow({ steps: [{ id: 'w', type: 'wait', ...step }] }).map((problem) => problem.code)).toEqual([
      code,
    ]);
  });
});
