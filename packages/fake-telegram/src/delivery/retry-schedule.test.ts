import { expect, it } from 'vitest';
import { retryDelay } from './retry-schedule.ts';
import { queueKey, updateRule } from './update-kinds.ts';

it('retries after the same delays as Telegram', () => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 30].map((failures) => retryDelay(failures, undefined, 0) / 1000);
  expect(seconds).toEqual([0, 2, 4, 8, 16, 32, 60, 60]);
  expect(retryDelay(9, undefined, 60)).toBe(120_000);
});

it('follows Retry-After, up to one hour', () => {
  expect([retryDelay(5, '3', 0), retryDelay(5, '0', 0), retryDelay(1, '9999', 0)]).toEqual([3000, 0, 3_600_000]);
  expect(retryDelay(2, 'Wed, 21 Oct 2026 07:28:00 GMT', 0)).toBe(2000);
});

it('queues messages per chat and button presses per user', () => {
  expect(queueKey('message', { chat: { id: -5 }, from: { id: 7 } })).toBe('message:-5');
  expect(queueKey('edited_message', { chat: { id: -5 } })).toBe('message:-5');
  expect(queueKey('callback_query', { from: { id: 7 }, message: { chat: { id: -5 } } })).toBe('callback:7');
  expect(queueKey('my_chat_member', { chat: { id: 7 } })).toBe('my_chat_member:7');
  expect(queueKey('poll', { id: 'p1' })).toBe('poll:p1');
  expect(queueKey('something_new', null)).toBe('message:0');
  expect(updateRule('callback_query').lifetimeMs).toBe(150_000);
});
