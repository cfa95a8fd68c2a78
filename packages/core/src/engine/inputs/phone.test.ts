import { expect, test } from 'vitest';
import { answerTo, askQuestion, rejectionOf, sends, shown } from '../fixtures/ask-question.ts';
import { ENV } from '../fixtures/dialogue.ts';

const phone = { input: 'phone' };
const german = { input: 'phone', country_code: '+49' };
const contact = (contact: { phone_number: string; user_id?: number }) =>
  sends('contact', { contact: { first_name: 'Ann', ...contact } });

test.each([
  [phone, '+491701234567', '+491701234567'],
  [phone, '+49 (170) 123-45-67', '+491701234567'],
  [phone, '0049 170 1234567', '+491701234567'],
  [phone, '+49 170/1234567', '+491701234567'],
  [phone, '\u202a+49 170 1234567\u202c', '+491701234567'],
  [phone, '＋４９１７０１２３４５６７', '+491701234567'],
  [phone, '+٤٩١٧٠١٢٣٤٥٦٧', '+491701234567'],
  [phone, '+۴۹۱۷۰۱۲۳۴۵۶۷', '+491701234567'],
  [german, '0170 1234567', '+491701234567'],
  [german, '170 1234567', '+491701234567'],
  [german, '+1 202 555 0100', '+12025550100'],
])('%j: %j is %j', (question, said, value) => {
  expect(answerTo(question, said)).toBe(value);
});

test.each([
  '0170 1234567',
  '12345',
  '+12345',
  '+0491701234567',
  '+4917012345678901',
  'call me',
  '+49 170 12a4567',
  '++491701234567',
  '+',
])('%j is refused', (said) => {
  expect(answerTo(phone, said)).toBeUndefined();
});

test("shared: only the person's own contact is accepted", () => {
  expect(answerTo(phone, contact({ phone_number: '491701234567', user_id: 7 }))).toBe('+491701234567');
  expect(answerTo(phone, contact({ phone_number: '+491701234567', user_id: 7 }))).toBe('+491701234567');
  for (const other of [
    contact({ phone_number: '+491701234567', user_id: 8 }),
    contact({ phone_number: '+491701234567' }),
  ]) {
    expect(answerTo(phone, other)).toBeUndefined();
    expect(rejectionOf(phone, other)).toBe(
      'This is the contact of another person. Please share your own, or type a number.',
    );
  }
});

test('the share button is shown in private chats, until the question is answered', () => {
  const ann = askQuestion({ ...phone, button: 'Mine, {{ user.first_name }}' }, ENV, [
    { id: 'end', type: 'message', text: 'Thanks' },
  ]);
  expect(ann.last.effects).toMatchObject([
    {
      payload: {
        reply_markup: {
          keyboard: [[{ text: 'Mine, Ann', request_contact: true }]],
          resize_keyboard: true,
          one_time_keyboard: true,
        },
      },
    },
  ]);
  expect(ann.say('no')).toEqual([
    'Please send a phone number with its country code, such as +491701234567, or share yours with the button below.',
  ]);
  expect(shown(ann)).toEqual([['Mine, Ann']]);
  expect(ann.play(contact({ phone_number: '491701234567', user_id: 7 }))).toEqual(['Thanks']);
  expect(ann.last.effects).toMatchObject([{ payload: { text: 'Thanks', reply_markup: { remove_keyboard: true } } }]);
  expect(shown(askQuestion({ ...phone, button: null }))).toEqual([]);
  expect(shown(askQuestion(phone, { ...ENV, chat: { id: -1, type: 'group', thread_id: 0 } }))).toEqual([]);
});
