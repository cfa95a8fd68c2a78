import { describe, expect, test } from 'vitest';
import { TelegramApiError, TelegramNetworkError } from '../../telegram/index.ts';
import { decideOnSendError } from './send-policy.ts';

const NOW = 1_000_000;
const item = { delivery: 'at_least_once', expires_at: NOW + 3_600_000, thread_id: 0, chat_id: 7, payload: {} } as const;
const no = (
  error_code: number,
  description: string,
  more: { retry_after?: number; migrate_to_chat_id?: number } = {},
) => new TelegramApiError('sendMessage', { error_code, description, ...more });

describe('decideOnSendError', () => {
  test('429 waits for the time that Telegram requests', () => {
    expect(
      decideOnSendError(no(429, 'Too Many Requests: retry after 7', { retry_after: 7 }), item, 1, NOW),
    ).toMatchObject({ kind: 'too_fast', delay: 7000 });
  });

  test('a row that would expire while it waits fails', () => {
    expect(
      decideOnSendError(no(429, 'Too Many Requests', { retry_after: 7 }), { ...item, expires_at: NOW + 5000 }, 1, NOW),
    ).toMatchObject({ kind: 'fail' });
  });

  test.each([
    'bot was blocked by the user',
    'user is deactivated',
    "bot can't initiate conversation with a user",
    'bot was kicked from the supergroup chat',
  ])('403 %s: nothing else to this chat can succeed', (text) => {
    expect(decideOnSendError(no(403, `Forbidden: ${text}`), item, 1, NOW)).toMatchObject({
      kind: 'fail',
      chat: 'unreachable',
    });
  });

  test.each([
    [401, 'Unauthorized'],
    [404, 'Not Found'],
  ])('%i %s: the token is no longer valid', (code, text) => {
    expect(decideOnSendError(no(code, text), item, 1, NOW)).toMatchObject({ kind: 'unauthorized' });
  });

  test('a 404 for an unknown method does not mean that the token is invalid', () => {
    expect(decideOnSendError(no(404, 'Not Found: method not found'), item, 1, NOW)).toMatchObject({
      kind: 'fail',
      chat: 'reachable',
    });
  });

  test('the new chat ID is used for a group that became a supergroup', () => {
    expect(
      decideOnSendError(
        no(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1009 }),
        item,
        1,
        NOW,
      ),
    ).toEqual({ kind: 'migrate', chat_id: -1009 });
  });

  test.each([
    ['a 403 of that chat', no(403, 'Forbidden: bot was kicked from the supergroup chat')],
    [
      'its new chat ID',
      no(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1009 }),
    ],
  ])('a call about another chat fails alone: %s does not affect the chat of its queue', (_, error) => {
    expect(decideOnSendError(error, { ...item, payload: { chat_id: -5, user_id: 7 } }, 1, NOW)).toMatchObject({
      kind: 'fail',
      chat: 'reachable',
    });
  });

  test('an edit that changes nothing counts as sent', () => {
    expect(
      decideOnSendError(no(400, 'Bad Request: message is not modified: specified new content …'), item, 1, NOW),
    ).toEqual({ kind: 'sent' });
  });

  test('a row for a deleted topic is sent outside the topic, once', () => {
    const gone = no(400, 'Bad Request: message thread not found');
    expect(decideOnSendError(gone, { ...item, thread_id: 4 }, 1, NOW)).toEqual({ kind: 'leave_thread' });
    expect(decideOnSendError(gone, item, 1, NOW)).toMatchObject({ kind: 'fail' });
  });

  test('other errors of the content are final, with the description of Telegram as the reason', () => {
    expect(decideOnSendError(no(400, 'Bad Request: message text is empty'), item, 1, NOW)).toEqual({
      kind: 'fail',
      reason: '400 Bad Request: message text is empty',
      chat: 'reachable',
    });
  });

  test('server errors of Telegram are retried with growing delays', () => {
    const delays = [1, 2, 3, 20].map((attempt) => decideOnSendError(no(502, 'Bad Gateway'), item, attempt, NOW));
    expect(delays.map((decision) => (decision.kind === 'retry' ? decision.delay : decision.kind))).toEqual([
      500, 1000, 2000, 60_000,
    ]);
  });

  test('an ambiguous outcome is retried, unless the row may be sent at most once', () => {
    const lost = new TelegramNetworkError('sendMessage', 'the connection was reset', true);
    expect(decideOnSendError(lost, item, 1, NOW)).toMatchObject({ kind: 'retry' });
    expect(decideOnSendError(lost, { ...item, delivery: 'at_most_once' }, 1, NOW)).toMatchObject({ kind: 'fail' });
    expect(
      decideOnSendError(
        new TelegramNetworkError('sendMessage', 'refused', false),
        { ...item, delivery: 'at_most_once' },
        1,
        NOW,
      ),
    ).toMatchObject({ kind: 'retry' });
  });
});
