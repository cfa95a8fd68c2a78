import { describe, expect, test } from 'vitest';
import { askQuestion, dataOf, rejectionOf, shown } from '../fixtures/ask-question.ts';
import { ANN, callback, ENV, type Dialogue } from '../fixtures/dialogue.ts';

const sizes = {
  input: 'choice',
  options: ['Small', { label: 'Large, {{ user.first_name }}', value: 'L' }, { label: 'Thirty', value: 30 }],
};
const value = (ann: Dialogue) => ann.last.answers[0]?.value;

describe('a choice', () => {
  test('is typed, in any case, or pressed; the value may differ from the label', () => {
    for (const [said, wanted] of [
      ['small', 'Small'],
      ['SMALL ', 'Small'],
      ['large,  ann', 'L'],
      ['thirty', 30],
      ['L', undefined],
      ['Smal', undefined],
    ] as const) {
      const ann = askQuestion(sizes);
      ann.say(said);
      expect(value(ann), said).toBe(wanted);
    }
    const ann = askQuestion(sizes);
    expect(shown(ann)).toEqual([['Small'], ['Large, Ann'], ['Thirty']]);
    expect(ann.press('Large, Ann')).toEqual(['(answer) Large, Ann', '(call) editMessageReplyMarkup']);
    expect(value(ann)).toBe('L');
    expect(rejectionOf(sizes, 'x')).toBe('Please choose one of the options.');
  });

  test('labels of any script match, however their accents are encoded', () => {
    const ann = askQuestion({ input: 'choice', options: ['Größe', 'Cafe\u0301', 'قهوة', 'ＡＢ'] });
    ann.say('caf\u00e9');
    expect(value(ann)).toBe('Cafe\u0301');
    const more = askQuestion({ input: 'choice', options: ['قهوة'] });
    more.say('\u200fقهوة\u200f');
    expect(value(more)).toBe('قهوة');
  });

  test('has pages if there are many options', () => {
    const ann = askQuestion({
      input: 'choice',
      columns: 2,
      page_size: 4,
      options: Array.from({ length: 10 }, (_, index) => `No ${index}`),
    });
    expect(shown(ann)).toEqual([
      ['No 0', 'No 1'],
      ['No 2', 'No 3'],
      ['1/3', '›'],
    ]);
    expect(ann.press('›')).toEqual(['(answer)', '(call) editMessageReplyMarkup']);
    expect(shown(ann)).toEqual([
      ['No 4', 'No 5'],
      ['No 6', 'No 7'],
      ['‹', '2/3', '›'],
    ]);
    expect(ann.play(callback(dataOf(ann, '2/3')))).toEqual(['(answer)']);
    ann.press('›');
    expect(shown(ann)).toEqual([
      ['No 8', 'No 9'],
      ['‹', '3/3'],
    ]);
    ann.press('No 9');
    expect(value(ann)).toBe('No 9');
    for (const detail of ['p3', 'p-1', 'oa', 'o', 'v0-0', 'done']) {
      const bob = askQuestion({
        input: 'choice',
        page_size: 4,
        options: Array.from({ length: 10 }, (_, index) => `No ${index}`),
      });
      expect(bob.play(callback(`~1.0.0:${detail}`))[0], detail).toBe('(answer) This button no longer works.');
    }
  });

  test('may be a reply keyboard, which is removed with the answer', () => {
    const ann = askQuestion({ ...sizes, keyboard: 'reply', columns: 2 }, ENV, [
      { id: 'end', type: 'message', text: '{{ q }} it is' },
    ]);
    expect(shown(ann)).toEqual([['Small', 'Large, Ann'], ['Thirty']]);
    ann.say('Large, Ann');
    expect(ann.last.effects).toMatchObject([{ payload: { text: 'L it is', reply_markup: { remove_keyboard: true } } }]);
  });
});

describe('from a variable', () => {
  const from = { input: 'choice', options_from: 'user.attributes.shops' };
  const having = (shops: unknown) => ({ ...ENV, user: { ...ANN, attributes: { shops: shops as string[] } } });

  test('texts, numbers, and objects with a label', () => {
    const env = having([
      'Oslo',
      7,
      { label: 'Bergen', value: 'B' },
      { label: 'Narvik' },
      { value: 1 },
      null,
      ['x'],
      true,
    ]);
    const ann = askQuestion(from, env);
    expect(shown(ann)).toEqual([['Oslo'], ['7'], ['Bergen'], ['Narvik'], ['true']]);
    ann.press('Bergen');
    expect(value(ann)).toBe('B');
    const bob = askQuestion(from, env);
    bob.press('7');
    expect(value(bob)).toBe(7);
  });

  test('a button of an older list does not select the option that is now in its place', () => {
    const before = askQuestion(from, having(['Oslo', 'Bergen']));
    const data = dataOf(before, 'Bergen');
    const after = askQuestion(from, having(['Oslo', 'Tromsø']));
    expect(after.play(callback(data))).toEqual(['(answer) This button no longer works.', 'Well?']);
    expect(value(after)).toBeUndefined();
  });

  test('no options: the flow ends with a reason, since the question could never be answered', () => {
    for (const shops of [[], 'Oslo', null, [{}]]) {
      const ann = askQuestion(from, having(shops));
      expect(ann.session.step_id).toBeNull();
      expect(ann.last.trace.at(-1)).toMatchObject({ kind: 'step_failed', detail: 'the question has no options' });
    }
  });
});
