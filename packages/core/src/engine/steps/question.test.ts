import { describe, expect, test } from 'vitest';
import { askQuestion, sends, shown } from '../fixtures/ask-question.ts';
import { buttonsOf, callback, dialogue, ENV, photo, text } from '../fixtures/dialogue.ts';

describe('a question', () => {
  test('asks, waits, stores the answer as a variable and as a row', () => {
    const ann = askQuestion({ variable: 'name' }, ENV, [{ id: 'hi', type: 'message', text: 'Hi {{ name }}' }]);
    expect(ann.session).toEqual({ flow_version_id: 1, step_id: 'q', state: { variables: {} } });
    expect(ann.say('Bob')).toEqual(['Hi Bob']);
    expect(ann.last.answers).toEqual([
      { flow_id: 'flow-1', flow_version_id: 1, step_id: 'q', variable: 'name', value: 'Bob' },
    ]);
    expect(ann.session).toEqual({ flow_version_id: null, step_id: null, state: {} });
  });

  test('stores a number as a number', () => {
    const ann = askQuestion({ input: 'number' });
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
  ])('%j: a photo is not an answer, and the session still waits', (question, retry) => {
    const ann = askQuestion(question);
    const before = ann.session;
    expect(ann.play(photo('12'))).toEqual([retry]);
    expect(ann.session).toBe(before);
    expect(ann.last.answers).toEqual([]);
  });

  test('minimum, maximum and whole numbers', () => {
    const bounded = { input: 'number', min: 1, max: 3, integer: true };
    for (const wrong of ['0', '4', '1.5', 'two', '1,000'])
      expect(askQuestion(bounded).say(wrong), wrong).toHaveLength(1);
    for (const right of ['1', '3', '2.0', ' 2 ', '+2']) expect(askQuestion(bounded).say(right), right).toEqual([]);
    expect(askQuestion({ input: 'number', min: 0.5 }).say('0.4')).toHaveLength(1);
  });

  test('a check sees the answer and the other variables', () => {
    const check = {
      any: [
        { var: 'seats', op: '<=', value: '{{ free }}' },
        { var: 'seats', op: '=', value: 99 },
      ],
    };
    const ann = dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          variables: { free: 3 },
          steps: [
            {
              id: 'seats',
              type: 'question',
              text: 'Seats?',
              input: 'integer',
              check,
              retry: 'Only {{ free }} are left.',
              max_tries: 2,
              on_max_tries: 'sorry',
              skip: { words: ['many'], value: 50 },
              next: 'end',
            },
            { id: 'sorry', type: 'message', text: 'Sorry.', next: null },
            { id: 'end', type: 'message', text: '{{ seats }} it is.' },
          ],
        },
      },
    ]);
    ann.say('/start');
    expect(ann.say('4')).toEqual(['Only 3 are left.']);
    expect(ann.last.trace).toContainEqual(
      expect.objectContaining({ kind: 'answer_refused', detail: 'it does not pass the check' }),
    );
    expect(ann.session.state.variables).toEqual({ free: 3 });
    expect(ann.last.answers).toEqual([]);
    expect(ann.say('3')).toEqual(['3 it is.']);
    ann.say('/start');
    expect(ann.say('many')).toEqual(['50 it is.']);
    ann.say('/start');
    expect([ann.say('four'), ann.say('4')]).toEqual([['Only 3 are left.'], ['Sorry.']]);
  });

  test('a press that does not pass the check is asked again, with new buttons', () => {
    const ann = askQuestion({
      input: 'choice',
      options: ['a', 'b'],
      check: { var: 'q', op: '!=', value: 'a' },
      retry: 'Not that.',
    });
    const [[, a] = [], [, b] = []] = ann.last.effects.flatMap(buttonsOf);
    expect(ann.play(callback(String(a)))).toEqual(['(answer)', '(call) editMessageReplyMarkup', 'Not that.']);
    expect(ann.last.effects.flatMap(buttonsOf)).toEqual([
      ['a', a],
      ['b', b],
    ]);
    ann.play(callback(String(b)));
    expect(ann.last.answers[0]?.value).toBe('b');
  });

  test('a command that no flow has is an answer', () => {
    const ann = askQuestion({});
    ann.say('/unknown');
    expect(ann.last.answers[0]?.value).toBe('/unknown');
  });

  test('a text that renders to an empty string is not sent, and the question still waits', () => {
    const ann = askQuestion({ text: '{{ user.phone }}' });
    expect(ann.last.effects).toEqual([]);
    expect(ann.last.trace.map(({ kind }) => kind)).toContain('text_empty');
    expect(ann.session.step_id).toBe('q');
  });

  test('answers that grow without limit end the flow with a reason', () => {
    const steps = Array.from({ length: 100 }, (_, index) => ({ id: `q${index}`, type: 'question', text: 'More?' }));
    const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }]);
    ann.say('/start');
    let said = 0;
    while (ann.session.step_id !== null) {
      ann.play(text('x'.repeat(4096)));
      said += 1;
    }
    expect(said).toBe(63);
    expect(ann.last.trace.at(-1)).toEqual({
      kind: 'budget_exceeded',
      step_id: 'q62',
      detail: 'more than 256000 characters of variables',
    });
  });
});

describe('tries', () => {
  const tired = { id: 'tired', type: 'message', text: 'Enough.', next: null };
  const bounded = { input: 'number', max_tries: 3, on_max_tries: 'tired', next: null };

  test('end the question when they are used up', () => {
    const ann = askQuestion(bounded, ENV, [tired]);
    expect(ann.say('a')).toEqual(['Please send a number.']);
    expect(ann.say('b')).toEqual(['Please send a number.']);
    expect(ann.session.state).toEqual({ variables: {}, kept: { tries: 2 } });
    expect(ann.say('c')).toEqual(['Enough.']);
    expect(ann.session.step_id).toBeNull();
    expect(ann.last.trace.map(({ kind }) => kind)).toContain('tries_used_up');
  });

  test('are reset when the question is asked again, not when it is shown again', () => {
    const ann = askQuestion({ ...bounded, next: 'tired' }, ENV, [{ ...tired, next: 'q' }]);
    ann.say('a');
    ann.say('1');
    expect(ann.session.state).toEqual({ variables: { q: 1 } });
    ann.say('a');
    ann.play(callback('nonsense'));
    ann.say('b');
    expect(ann.say('c')).toEqual(['Enough.', 'Well?']);
  });

  test('a session stored before tries existed starts to count', () => {
    const ann = askQuestion({ ...bounded, max_tries: 1, on_max_tries: null });
    expect(ann.say('a')).toEqual([]);
    expect(ann.session.step_id).toBeNull();
  });
});

describe('skipping and canceling', () => {
  const left = { id: 'left', type: 'message', text: 'Left.', next: null };
  const end = { id: 'end', type: 'message', text: 'So: {{ q }}', next: null };
  const both = {
    input: 'number',
    next: 'end',
    skip: { words: ['skip', 'пропустить'], button: 'Skip, {{ user.first_name }}', value: 7 },
    cancel: { words: ['/quit'], button: 'Leave', next: 'left' },
  };

  test('by words, in any case', () => {
    for (const word of ['skip', ' SKIP ', 'Пропустить', 'skip,  ann']) {
      const ann = askQuestion(both, ENV, [end, left]);
      expect(ann.say(word), word).toEqual(['So: 7']);
      expect(ann.last.answers[0]?.value).toBe(7);
    }
    for (const word of ['/quit', 'leave']) {
      const ann = askQuestion(both, ENV, [end, left]);
      expect(ann.say(word), word).toEqual(['Left.']);
      expect(ann.last.answers).toEqual([]);
    }
    expect(askQuestion(both, ENV, [end, left]).say('skipped')).toEqual(['Please send a number.']);
  });

  test('by buttons', () => {
    const ann = askQuestion(both, ENV, [end, left]);
    expect(shown(ann)).toEqual([['Skip, Ann', 'Leave']]);
    expect(ann.press('Skip, Ann')).toEqual(['(answer)', '(call) editMessageReplyMarkup', 'So: 7']);
    const bob = askQuestion(both, ENV, [end, left]);
    expect(bob.press('Leave')).toEqual(['(answer)', '(call) editMessageReplyMarkup', 'Left.']);
    expect(bob.press('Leave')).toEqual(['(answer) This button no longer works.']);
  });

  test('buttons below a calendar, and keys beside a share button', () => {
    expect(shown(askQuestion({ ...both, input: 'date', skip: { button: 'Skip' } }, ENV, [end, left])).at(-1)).toEqual([
      'Skip',
      'Leave',
    ]);
    const ann = askQuestion({ ...both, input: 'phone', skip: { button: 'Skip' } }, ENV, [end, left]);
    expect(shown(ann)).toEqual([['Share my number'], ['Skip', 'Leave']]);
    expect(ann.say('Skip')).toEqual(['So: ']);
    expect(ann.last.effects).toMatchObject([{ payload: { reply_markup: { remove_keyboard: true } } }]);
  });

  test('skipping without a value stores nothing, and removes the answer of an earlier round', () => {
    const ann = askQuestion({ input: 'number', skip: { words: ['-'] }, next: 'again' }, ENV, [
      { id: 'again', type: 'menu', text: '{{ q }}!', buttons: [{ text: 'Again', next: 'q' }] },
    ]);
    expect(ann.say('5')).toEqual(['5!']);
    ann.press('Again');
    expect(ann.say('-')).toEqual(['!']);
    expect(ann.last.answers).toEqual([]);
    expect(ann.session.state.variables).toEqual({ q: null });
  });

  test('buttons that the question does not have are stale', () => {
    for (const data of ['~1.0.1', '~1.0.2', '~1.0.0', '~1.0.0:x', '~1.0.3', '~1.0.1:x']) {
      expect(askQuestion({}).play(callback(data)), data).toEqual(['(answer) This button no longer works.', 'Well?']);
    }
  });
});

test('a reply keyboard is removed by the first text that can do so', () => {
  const more = [{ id: 'menu', type: 'menu', text: 'Menu', buttons: [{ text: 'A', response: 'a' }] }];
  const ann = askQuestion({ input: 'phone' }, ENV, [{ id: 'thanks', type: 'message', text: 'Thanks' }, ...more]);
  ann.play(sends('contact', { contact: { phone_number: '491701234567', user_id: 7, first_name: 'Ann' } }));
  expect(ann.last.effects).toMatchObject([
    { payload: { text: 'Thanks', reply_markup: { remove_keyboard: true } } },
    { payload: { text: 'Menu', reply_markup: { inline_keyboard: [[{ text: 'A' }]] } } },
  ]);
});

test('a reply keyboard is also removed when a command leads away from the question', () => {
  const ann = dialogue([
    {
      trigger_command: 'start',
      flow_data: { steps: [{ id: 'q', type: 'question', text: 'Number?', input: 'phone' }] },
    },
    { trigger_command: 'help', flow_data: { response: 'Help' } },
  ]);
  ann.say('/start');
  expect(ann.session.state).toEqual({ variables: {}, kept: { keys: true } });
  ann.say('/help');
  expect(ann.last.effects).toMatchObject([{ payload: { text: 'Help', reply_markup: { remove_keyboard: true } } }]);
  ann.say('/help');
  expect(ann.last.effects).toMatchObject([{ payload: { text: 'Help' } }]);
  expect(ann.last.effects[0]).not.toHaveProperty('payload.reply_markup');
});
