import { beforeEach, describe, expect, test } from 'vitest';
import { IDLE_SESSION, type Session } from '../../engine/index.ts';
import { buildBotProgram } from '../../flow/index.ts';
import { createManualClock, silentLogger, type ManualClock } from '../../ports/index.ts';
import { TelegramNetworkError } from '../../telegram/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import { flushEventLoop } from '../fixtures/create-test-storage.ts';
import { apiError, createStubTelegram, type StubTelegram } from '../fixtures/stub-telegram.ts';
import { CheckoutResponder } from './checkout-responder.ts';

const STEP = {
  id: 'pay',
  type: 'invoice',
  title: 'x',
  description: 'x',
  currency: 'XTR',
  prices: [{ label: 'x', amount: 5 }],
  refusal: 'Too late, sorry',
};
const OURS = 'bl1:s:1:0:7:0:7:e1';

let telegram: StubTelegram;
let clock: ManualClock;
let find: () => Promise<Session | null>;
/** Returns the current bot of the database. */
let reload: () => Promise<CachedBot | null>;

beforeEach(() => {
  telegram = createStubTelegram();
  clock = createManualClock();
  find = () => Promise.resolve(waiting('e1'));
  reload = () => Promise.resolve(bot({ steps: [STEP] }));
});

function waiting(token: string, deadline: number | null = null): Session {
  return { flow_version_id: 1, step_id: 'pay', state: { variables: {}, wait: { token, reason: 'payment', deadline } } };
}

function bot(...flows: object[]): CachedBot {
  const published = flows.map(
    (flow_data, index) =>
      ({
        flow_id: `f${index}`,
        version_id: index + 1,
        name: `F${index}`,
        flow_data,
        trigger_command: null,
        is_default: false,
      }) as never,
  ); // as the database returns them
  const secrets = { id: 'b', token: 't', webhook_secret: 's', pending_webhook_secret: null, old_webhook_secret: null };
  // The responder reads only these members of a bot.
  return {
    bot: { id: 'b' },
    secrets,
    program: buildBotProgram({ id: 'b', name: 'B', username: 'b_bot' }, published),
  } as unknown as CachedBot;
}

async function asked(invoice_payload: string, { user_id = 7, of = bot({ steps: [STEP] }) } = {}): Promise<unknown> {
  const answers = new CheckoutResponder({
    telegram,
    bots: { invalidate: () => undefined, reload: () => reload() },
    sessions: { find: () => find() },
    clock,
    logger: silentLogger,
    maxPending: 10,
  });
  answers.answer(of, { query_id: 'q', user_id, invoice_payload });
  await flushEventLoop();
  return telegram.calls.at(-1)?.payload;
}

const ACCEPTED = { pre_checkout_query_id: 'q', ok: true };
const refused = (error_message: unknown): object => ({ pre_checkout_query_id: 'q', ok: false, error_message });

describe('a payment', () => {
  test('for the current invoice step of the session is accepted', async () => {
    expect(await asked(OURS)).toEqual(ACCEPTED);
  });

  test('for an invoice step that continues after an interruption is accepted', async () => {
    const { state } = waiting('e2');
    find = () =>
      Promise.resolve({
        flow_version_id: 2,
        step_id: 'q',
        state: { ...state, interrupted: { flow_version_id: 1, step_id: 'pay', state: waiting('e1').state } },
      });
    expect(await asked(OURS)).toEqual(ACCEPTED);
  });

  test.each([
    ['has left the step', waiting('e2')],
    ['is not in a flow', IDLE_SESSION],
    ['does not exist', null],
    ['has waited past its deadline, but did not receive the timeout yet', waiting('e1', 0)],
  ])('is rejected with the refusal text of the step when the session %s', async (_, session) => {
    find = () => Promise.resolve(session);
    expect(await asked(OURS)).toEqual(refused('Too late, sorry'));
    expect(await asked(OURS, { of: bot({ response: 'x' }) })).toEqual(
      refused(expect.stringContaining('no longer valid')),
    );
  });

  test('of an invoice that accepts late payments is accepted without the database', async () => {
    find = () => new Promise(() => undefined);
    expect(await asked(OURS.replace(':s:', ':l:'))).toEqual(ACCEPTED);
  });

  test('by another user is rejected', async () => {
    expect(await asked(OURS, { user_id: 8 })).toEqual(refused(expect.stringContaining('for another user')));
  });

  test('for an invoice outside of flows is accepted if a flow has a payment trigger', async () => {
    expect(await asked('mine')).toEqual(refused(expect.stringContaining('is unknown')));
    expect(await asked('mine', { of: bot({ triggers: [{ kind: 'payment' }], response: 'x' }) })).toEqual(ACCEPTED);
  });
});

describe('a payment is rejected', () => {
  test('five seconds after a query that the database does not answer', async () => {
    find = () => new Promise(() => undefined);
    expect(await asked(OURS)).toBeUndefined();
    clock.advance(5_000);
    await flushEventLoop();
    expect(telegram.calls.map(({ payload }) => payload)).toEqual([refused(expect.stringContaining('try again'))]);
  });

  test('immediately if the database is unavailable', async () => {
    find = () => Promise.reject(new Error('away'));
    expect(await asked(OURS)).toEqual(refused(expect.stringContaining('try again')));
  });
});

describe('the response to Telegram', () => {
  test('is sent again after a network error', async () => {
    telegram.answer = () => {
      throw new TelegramNetworkError('answerPreCheckoutQuery', 'reset', true);
    };
    await asked(OURS);
    telegram.answer = () => true;
    clock.advance(300);
    await flushEventLoop();
    expect(telegram.calls).toHaveLength(2);
    clock.advance(60_000);
    await flushEventLoop();
    expect(telegram.calls).toHaveLength(2);
  });

  test('is sent again with the new token if another instance changed the token', async () => {
    telegram.answer = ({ bot: { token } }) => {
      if (token === 't') throw apiError(401, 'Unauthorized');
      return true;
    };
    const { secrets, ...rest } = bot();
    reload = () => Promise.resolve({ ...rest, secrets: { ...secrets, token: 'new' } });
    expect(await asked(OURS)).toEqual(ACCEPTED);
    expect(telegram.calls.map(({ bot: { token } }) => token)).toEqual(['t', 'new']);
  });

  test('is not sent again after a 401 if there is no new token, or if it cannot be read in time', async () => {
    telegram.answer = () => {
      throw apiError(401, 'Unauthorized');
    };
    await asked(OURS);
    expect(telegram.calls).toHaveLength(1);
    reload = () => new Promise(() => undefined);
    const answers = new CheckoutResponder({
      telegram,
      bots: { invalidate: () => undefined, reload: () => reload() },
      sessions: { find: () => find() },
      clock,
      logger: silentLogger,
      maxPending: 10,
    });
    answers.answer(bot({ steps: [STEP] }), { query_id: 'q', user_id: 7, invoice_payload: OURS });
    await flushEventLoop();
    clock.advance(9_000);
    await answers.idle();
    expect(telegram.calls).toHaveLength(2);
  });

  test('is not sent again after a final error or after nine seconds', async () => {
    telegram.answer = () => {
      throw apiError(400, 'Bad Request: query is too old');
    };
    await asked(OURS);
    clock.advance(300);
    await flushEventLoop();
    expect(telegram.calls).toHaveLength(1);
    telegram.answer = () => {
      clock.advance(8_900);
      throw apiError(500, 'Internal Server Error');
    };
    await asked(OURS);
    clock.advance(300);
    await flushEventLoop();
    expect(telegram.calls).toHaveLength(2);
  });
});
