import { describe, expect, test } from 'vitest';
import { validateFlow } from '../../../flow/index.ts';
import type { EventOf } from '../../event.ts';
import { dialogue, ENV, type Dialogue } from '../../fixtures/dialogue.ts';
import { readState } from '../../state/read-state.ts';

const QUESTION = {
  id: 'q',
  type: 'question',
  text: 'Well?',
  no_answer: { after: { hours: 1 }, next: 'bye' },
  reminders: [
    { after: 'PT5M', text: 'Still there, {{ user.first_name }}?' },
    { after: 'PT30M', text: 'Hello?' },
  ],
  next: 'thanks',
};
const FLOW = {
  steps: [
    QUESTION,
    { id: 'thanks', type: 'message', text: 'Thanks', next: null },
    { id: 'bye', type: 'message', text: 'Bye', next: null },
  ],
};

function asking(): Dialogue {
  const ann = dialogue([{ trigger_command: 'start', flow_data: FLOW }]);
  ann.say('/start');
  return ann;
}

function timer(ann: Dialogue, purpose: EventOf<'timer'>['purpose'], number = 0): EventOf<'timer'> {
  return { kind: 'timer', token: readState(ann.session).wait?.token ?? '', purpose, number };
}

describe('a question that is not answered', () => {
  test('sets its timers when it asks', () => {
    const ann = asking();
    const timers = ann.last.effects.flatMap((effect) =>
      effect.kind === 'timer' ? [[effect.purpose, effect.number, effect.due_at - ENV.now]] : [],
    );
    expect(timers).toEqual([
      ['reminder', 0, 300_000],
      ['reminder', 1, 1_800_000],
      ['no_answer', 0, 3_600_000],
    ]);
    expect(readState(ann.session).wait).toEqual({ token: 'e1', reason: 'answer', deadline: ENV.now + 3_600_000 });
  });

  test('reminds and waits on; then continues without an answer', () => {
    const ann = asking();
    expect(ann.play(timer(ann, 'reminder', 0))).toEqual(['Still there, Ann?']);
    expect(ann.play(timer(ann, 'reminder', 1))).toEqual(['Hello?']);
    expect(ann.session.step_id).toBe('q');
    expect(ann.play(timer(ann, 'no_answer'))).toEqual(['Bye']);
    expect(ann.session.step_id).toBeNull();
  });

  test('an answer in time makes its timers stale, but not those of the next question', () => {
    const ann = asking();
    const late = [timer(ann, 'reminder'), timer(ann, 'no_answer')];
    expect(ann.say('here')).toEqual(['Thanks']);
    ann.say('/start');
    for (const event of late) expect(ann.play(event)).toEqual([]);
    expect(ann.session.step_id).toBe('q');
    expect(ann.play(timer(ann, 'no_answer'))).toEqual(['Bye']);
  });

  test('a stale press asks again under the same timers', () => {
    const ann = asking();
    const wait = readState(ann.session).wait;
    expect(ann.press('gone')).toEqual(['(answer) This button no longer works.', 'Well?']);
    expect(readState(ann.session).wait).toEqual(wait);
  });

  test.each([
    [{ no_answer: { after: 'PT0S', next: null } }, 'duration_invalid'],
    [{ no_answer: { after: 'PT5M', next: null } }, 'duration_invalid'],
    [{ no_answer: { after: 'PT1H', next: 'nowhere' } }, 'dangling_step'],
    [{ no_answer: { after: 'PT1H' } }, 'required'],
    [{ reminders: [] }, 'empty'],
    [{ reminders: [{ after: 'PT1M', text: '{{ nmae }}' }] }, 'unknown_variable'],
  ])('%j is refused: %s', (fields, code) => {
    expect(
      validateFlow({ steps: [{ ...QUESTION, ...fields }, ...FLOW.steps.slice(1)] }).map((problem) => problem.code),
    ).toContain(code);
  });
});
