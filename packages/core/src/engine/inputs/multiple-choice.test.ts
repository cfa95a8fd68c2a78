import { expect, test } from 'vitest';
import { askQuestion, rejectionOf, shown } from '../fixtures/ask-question.ts';
import { callback, ENV, type Dialogue } from '../fixtures/dialogue.ts';

const toppings = { input: 'multiple_choice', options: ['Ham', 'Corn', { label: 'Olives', value: 'O' }] };
const value = (ann: Dialogue) => ann.last.answers[0]?.value;

test('toggles marks in place until the done button is pressed', () => {
  const ann = askQuestion(toppings);
  expect(shown(ann)).toEqual([['▫️ Ham'], ['▫️ Corn'], ['▫️ Olives'], ['Done']]);
  expect(ann.press('▫️ Ham')).toEqual(['(answer)', '(call) editMessageReplyMarkup']);
  expect(shown(ann)).toEqual([['✅ Ham'], ['▫️ Corn'], ['▫️ Olives'], ['Done']]);
  ann.press('▫️ Olives');
  ann.press('▫️ Corn');
  ann.press('✅ Ham');
  expect(shown(ann)).toEqual([['▫️ Ham'], ['✅ Corn'], ['✅ Olives'], ['Done']]);
  expect(ann.session.step_id).toBe('q');
  expect(ann.press('Done')).toEqual(['(answer) Corn, Olives', '(call) editMessageReplyMarkup']);
  expect(value(ann)).toEqual(['Corn', 'O']);
  expect(ann.session.state).toEqual({});
});

test('marks are kept when the question is shown again, and removed when it is asked again', () => {
  const ann = askQuestion(toppings, ENV, [
    { id: 'again', type: 'menu', text: 'Again?', buttons: [{ text: 'Yes', next: 'q' }] },
  ]);
  ann.press('▫️ Ham');
  ann.play(callback('nonsense'));
  expect(shown(ann)).toEqual([['✅ Ham'], ['▫️ Corn'], ['▫️ Olives'], ['Done']]);
  ann.press('Done');
  ann.press('Yes');
  expect(shown(ann)).toEqual([['▫️ Ham'], ['▫️ Corn'], ['▫️ Olives'], ['Done']]);
});

test('minimum and maximum', () => {
  const ann = askQuestion({ ...toppings, min: 2, max: 2 });
  expect(ann.press('Done')).toEqual(['(answer) Please choose exactly 2.']);
  ann.press('▫️ Ham');
  ann.press('▫️ Corn');
  expect(ann.press('▫️ Olives')).toEqual(['(answer) Please choose exactly 2.']);
  ann.press('Done');
  expect(value(ann)).toEqual(['Ham', 'Corn']);
  const none = askQuestion({ ...toppings, min: 0 });
  none.press('Done');
  expect(value(none)).toEqual([]);
  expect(askQuestion(toppings).press('Done')).toEqual(['(answer) Please choose at least 1.']);
  expect(askQuestion({ ...toppings, min: 1, max: 2 }).press('Done')).toEqual(['(answer) Please choose 1 to 2.']);
});

test('typed: several labels, or the label of the done button', () => {
  const said = (words: string, more: object = {}) => {
    const ann = askQuestion({ ...toppings, ...more });
    ann.say(words);
    return value(ann);
  };
  expect(said('ham, OLIVES')).toEqual(['Ham', 'O']);
  expect(said('ham\ncorn\nham')).toEqual(['Ham', 'Corn']);
  expect(said('ham، corn')).toEqual(['Ham', 'Corn']);
  expect(said('ham, cheese')).toBeUndefined();
  expect(said(', ,')).toBeUndefined();
  expect(said('done')).toBeUndefined();
  expect(said('ham, corn', { max: 1 })).toBeUndefined();
  const ann = askQuestion(toppings);
  ann.press('▫️ Corn');
  ann.say('done');
  expect(value(ann)).toEqual(['Corn']);
  expect(rejectionOf({ ...toppings, max: 1 }, 'ham, corn')).toBe(
    'Please choose 1 to 1.'.replace('1 to 1', 'exactly 1'),
  );
});

test('has pages, which keep the marks', () => {
  const ann = askQuestion({ input: 'multiple_choice', page_size: 2, options: ['A', 'B', 'C'] });
  expect(shown(ann)).toEqual([['▫️ A'], ['▫️ B'], ['1/2', '›'], ['Done']]);
  ann.press('▫️ B');
  ann.press('›');
  ann.press('▫️ C');
  expect(shown(ann)).toEqual([['✅ C'], ['‹', '2/2'], ['Done']]);
  ann.press('‹');
  expect(shown(ann)).toEqual([['▫️ A'], ['✅ B'], ['1/2', '›'], ['Done']]);
  ann.press('Done');
  expect(value(ann)).toEqual(['B', 'C']);
});
