import { expect, test } from 'vitest';
import { chatKeyOf, chooseSender, needsUnsentCheck, NO_SENDER_RECORD } from './chat-sender.ts';

const key = chatKeyOf('bot', 5);
const nobody = { other: null, mine: false };

test('the first sender of a chat is noted, and then nothing is', () => {
  expect(chooseSender('me', key, NO_SENDER_RECORD, null)).toEqual({
    key,
    owner: 'me',
    record: { sender: 'me', is_given: false },
    in_table: false,
  });
  expect(chooseSender('me', key, { sender: 'me', is_given: false }, null)).toEqual({
    key,
    owner: 'me',
    record: null,
    in_table: false,
  });
  expect([
    needsUnsentCheck('me', NO_SENDER_RECORD),
    needsUnsentCheck('me', { sender: 'me', is_given: true }),
    needsUnsentCheck('me', { sender: 'you', is_given: false }),
  ]).toEqual([false, false, true]);
});

test('what another has unsent decides; that it was given rows is noted once, and forgotten when it writes itself', () => {
  const given = { sender: 'you', is_given: true };
  expect(chooseSender('me', key, { sender: 'you', is_given: false }, { other: 'you', mine: false })).toMatchObject({
    owner: 'you',
    record: given,
    in_table: false,
  });
  expect(chooseSender('me', key, given, { other: 'you', mine: false })).toMatchObject({ owner: 'you', record: null });
  expect(chooseSender('you', key, given, null)).toMatchObject({
    owner: 'you',
    record: { sender: 'you', is_given: false },
    in_table: true,
  });
});

test('once nobody has anything unsent the chat is mine; what I took over is in the table', () => {
  expect(chooseSender('me', key, { sender: 'you', is_given: true }, nobody)).toMatchObject({
    owner: 'me',
    record: { sender: 'me', is_given: false },
    in_table: false,
  });
  expect(chooseSender('me', key, { sender: 'gone', is_given: false }, { other: null, mine: true })).toMatchObject({
    owner: 'me',
    in_table: true,
  });
});

test("groups and channels have a row of their own, a person's chat is their session", () => {
  expect([chatKeyOf('b', 5).user_id, chatKeyOf('b', -5).user_id]).toEqual([5, 0]);
});
