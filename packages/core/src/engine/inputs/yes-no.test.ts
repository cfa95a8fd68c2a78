import { expect, test } from 'vitest';
import { answerTo, askQuestion, rejectionOf, shown } from '../fixtures/ask-question.ts';
import { callback } from '../fixtures/dialogue.ts';

const german = { input: 'yes_no', yes: 'Ja', no: 'Nein, {{ user.first_name }}' };

test.each([
  [{}, 'yes', true],
  [{}, ' YES ', true],
  [{}, 'No', false],
  [{}, 'maybe', undefined],
  [{}, 'y', undefined],
  [german, 'JA', true],
  [german, 'nein,  ann', false],
  [german, 'yes', undefined],
])('%j: %j is %j', (question, said, value) => {
  expect(answerTo({ input: 'yes_no', ...question }, said)).toBe(value);
});

test('pressed', () => {
  const ann = askQuestion(german);
  expect(shown(ann)).toEqual([['Ja', 'Nein, Ann']]);
  expect(ann.press('Nein, Ann')).toEqual(['(answer) Nein, Ann', '(call) editMessageReplyMarkup']);
  expect(ann.last.answers[0]?.value).toBe(false);
  expect(ann.last.effects[1]).toEqual({
    kind: 'call',
    method: 'editMessageReplyMarkup',
    payload: { message_id: 1, reply_markup: { inline_keyboard: [] } },
  });
  expect(rejectionOf(german, 'hm')).toBe('Please answer Ja or Nein, Ann.');
});

test('a forged button detail is stale', () => {
  for (const detail of ['maybe', 'x', 'd2026-01-01', 'o0']) {
    const ann = askQuestion(german);
    expect(ann.play(callback(`~1.0.0:${detail}`)), detail).toEqual(['(answer) This button no longer works.', 'Well?']);
  }
});
