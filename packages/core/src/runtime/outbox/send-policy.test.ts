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

describe('judgeSendError', () => {
  test('429 waits as long as Telegram says', () => {
    expect(
      decideOnSendError(no(429, 'Too Many Requests: retry after 7', { retry_after: 7 }), item, 1, NOW),
    ).toMatchObject({ kind: 'too_fast', delay: 7000 });
  });

  test('a row that would be sent after its time fails instead of waiting', () => {
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
  ])('%i %s: the token is not valid any more', (code, text) => {
    expect(decideOnSendError(no(code, text), item, 1, NOW)).toMatchObject({ kind: 'unauthorized' });
  });

  test('a method that Telegram does not know is not a bad token', () => {
    expect(decideOnSendError(no(404, 'Not Found: method not found'), item, 1, NOW)).toMatchObject({
      kind: 'fail',
      chat: 'reachable',
    });
  });

  test('a group that became a supergroup is followed', () => {
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
    ['403 of that one', no(403, 'Forbidden: bot was kicked from the supergroup chat')],
    ['its new id', no(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1009 })],
  ])('a call about another chat fails alone: %s says nothing of the chat it is queued for', (_, error) => {
    expect(decideOnSendError(error, { ...item, payload: { chat_id: -5, user_id: 7 } }, 1, NOW)).toMatchObject({
      kind: 'fail',
      chat: 'reachable',
    });
  });

  test('an edit that changes nothing is done', () => {
    expect(
      decideOnSendError(no(400, 'Bad Request: message is not modified: specified new message content …'), item, 1, NOW),
    ).toEqual({ kind: 'sent' });
  });

  test('a topic that is gone is left, once', () => {
    const gone = no(400, 'Bad Request: message thread not found');
    expect(decideOnSendError(gone, { ...item, thread_id: 4 }, 1, NOW)).toEqual({ kind: 'leave_thread' });
    expect(decideOnSendError(gone, item, 1, NOW)).toMatchObject({ kind: 'fail' });
  });

  test('other errors of the content are final, with Telegram’s words', () => {
    expect(decideOnSendError(no(400, 'Bad Request: message text is empty'), item, 1, NOW)).toEqual({
      kind: 'fail',
      reason: '400 Bad Request: message text is empty',
      chat: 'reachable',
    });
  });

  test('trouble of Telegram is retried with growing pauses', () => {
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
