import { beforeEach, expect, test } from 'vitest';
import type { EngineEvent } from '../../../engine/index.ts';
import { createManualClock } from '../../../ports/index.ts';
import type { Job } from '../../../storage/index.ts';
import { TelegramNetworkError } from '../../../telegram/index.ts';
import { apiError, createStubTelegram, type StubTelegram } from '../../fixtures/stub-telegram.ts';
import type { JobDeps } from '../job-handler.ts';
import { refundPayment } from './refund-payment.ts';

let telegram: StubTelegram;
let delivered: EngineEvent[];

beforeEach(() => {
  telegram = createStubTelegram();
  delivered = [];
});

const botWith = (token: string): object => ({ bot: { is_active: true }, secrets: { id: 'b', token } });

function run(attempts = 0): ReturnType<typeof refundPayment> {
  const place = { chat_id: 7, chat_type: 'private', thread_id: 0, user_id: 7 };
  const job: Job = {
    id: 1,
    bot_id: 'b',
    kind: 'refund_payment',
    payload: { ...place, token: 'e1', payer: 7, charge: 'c1' },
    due_at: 0,
    key: null,
    attempts,
    is_background: false,
  };
  const deps = {
    telegram,
    clock: createManualClock(0),
    bots: { getFresh: () => botWith('t'), invalidate: () => undefined, reload: () => Promise.resolve(botWith('new')) },
    deliver({ event }: { event: EngineEvent }) {
      delivered.push(event);
      return Promise.resolve({ result: 'processed', outcomes: [] });
    },
  } as unknown as JobDeps; // the job uses only these dependencies
  return refundPayment(job, deps);
}

test('refunds the Stars and sends the result to the session', async () => {
  expect(await run()).toMatchObject({ kind: 'committed' });
  expect(telegram.calls).toMatchObject([
    { method: 'refundStarPayment', payload: { user_id: 7, telegram_payment_charge_id: 'c1' } },
  ]);
  expect(delivered).toEqual([{ kind: 'result', token: 'e1', outcome: { kind: 'ok', value: null } }]);
});

test('succeeds if an earlier attempt refunded the payment', async () => {
  telegram.answer = () => {
    throw apiError(400, 'Bad Request: CHARGE_ALREADY_REFUNDED');
  };
  await run(1);
  expect(delivered).toMatchObject([{ outcome: { kind: 'ok' } }]);
});

test('uses the new token after a 401 if another instance changed it', async () => {
  telegram.answer = ({ bot: { token } }) => {
    if (token === 't') throw apiError(401, 'Unauthorized');
    return true;
  };
  await run();
  expect(delivered).toMatchObject([{ outcome: { kind: 'ok' } }]);
});

test('sends a failure to the session immediately if Telegram rejects the refund', async () => {
  telegram.answer = () => {
    throw apiError(400, 'Bad Request: CHARGE_NOT_FOUND');
  };
  await run();
  expect(delivered).toMatchObject([{ outcome: { kind: 'failed', code: 'REFUND_FAILED' } }]);
});

test.each([
  ['is not reachable', new TelegramNetworkError('refundStarPayment', 'reset', true), 1_000],
  ['responds with a server error', apiError(502, 'Bad Gateway'), 1_000],
  ['responds with a 429', apiError(429, 'Too Many Requests', { retry_after: 9 }), 9_000],
])('retries up to five times if Telegram %s', async (_, error, due_at) => {
  telegram.answer = () => {
    throw error;
  };
  expect(await run()).toMatchObject({ kind: 'again', due_at, attempts: 1 });
  expect(delivered).toEqual([]);
  await run(5);
  expect(delivered).toMatchObject([{ outcome: { kind: 'failed' } }]);
});
