import { describe, expect, test } from 'vitest';
import { dialogue, photo, text, type Dialogue } from '../fixtures/dialogue.ts';

function asking(question: object, more: object[] = []): Dialogue {
  const ann = dialogue([
    { trigger_command: 'start', flow_data: { steps: [{ id: 'q', type: 'question', text: 'Well?', ...question }, ...more] } },
  ]);
  ann.say('/start');
  return ann;
}

describe('a question', () => {
  test('asks, waits, keeps the answer as a variable and as a row', () => {
    const ann = asking({ variable: 'name' }, [{ id: 'hi', type: 'message', text: 'Hi {{ name }}' }]);
    expect(ann.session).toEqual({ flow_version_id: 1, step_id: 'q', state: { variables: {} } });
    expect(ann.say('Bob')).toEqual(['Hi Bob']);
    expect(ann.last.answers).toEqual([{ flow_id: 'flow-1', flow_version_id: 1, step_id: 'q', variable: 'name', value: 'Bob' }]);
    expect(ann.session).toEqual({ flow_version_id: null, step_id: null, state: {} });
  });

  test('takes a number as a number', () => {
    const ann = asking({ input: 'number' });
    expect(ann.say('12,5')).toEqual([]);
    expect(ann.last.answers[0]?.value).toBe(12.5);
  });

  test.each([
    [{}, 'Please answer with a text message.'],
    [{ input: 'number' }, 'Please send a number.'],
    [{ input: 'number', integer: true, min: 1, max: 150 }, 'Please send a whole number from 1 to 150.'],
    [{ input: 'number', min: 0 }, 'Please send a number, 0 or more.'],
    [{ input: 'number', max: 9 }, 'Please send a number, 9 or less.'],
    [{ retry: 'Words, {{ user.first_name }}!' }, 'Words, Ann!'],
    [{ retry: '{{ q }}' }, 'Please answer with a text message.'],
  ])('%j: a photo is no answer, and the session goes on waiting', (question, retry) => {
    const ann = asking(question);
    const before = ann.session;
    expect(ann.play(photo('12'))).toEqual([retry]);
    expect(ann.session).toBe(before);
    expect(ann.last.answers).toEqual([]);
  });

  test('least, greatest and whole', () => {
    const bounded = { input: 'number', min: 1, max: 3, integer: true };
    for (const wrong of ['0', '4', '1.5', 'two', '1,000']) expect(asking(bounded).say(wrong), wrong).toHaveLength(1);
    for (const right of ['1', '3', '2.0', ' 2 ', '+2']) expect(asking(bounded).say(right), right).toEqual([]);
    expect(asking({ input: 'number', min: 0.5 }).say('0.4')).toHaveLength(1);
  });

  test('a message that is a command of no flow is an answer', () => {
    const ann = asking({});
    ann.say('/unknown');
    expect(ann.last.answers[0]?.value).toBe('/unknown');
  });

  test('a text that renders to nothing is not sent, and the question still waits', () => {
    const ann = asking({ text: '{{ user.phone }}' });
    expect(ann.last.effects).toEqual([]);
    expect(ann.last.trace.map(({ kind }) => kind)).toContain('text_empty');
    expect(ann.session.step_id).toBe('q');
  });

  test('D6 answers that grow without end stop the flow, with the reason', () => {
    const steps = Array.from({ length: 100 }, (_, index) => ({ id: `q${index}`, type: 'question', text: 'More?' }));
    const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }]);
    ann.say('/start');
    let said = 0;
    while (ann.session.step_id !== null) {
      ann.play(text('x'.repeat(4096)));
      said += 1;
    }
    expect(said).toBe(63);
    expect(ann.last.trace.at(-1)).toEqual({ kind: 'budget_exceeded', step_id: 'q62', detail: 'answers of more than 256000 characters' });
  });
});
