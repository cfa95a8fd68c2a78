import { describe, expect, test } from 'vitest';
import type { EffectMap } from '../effect.ts';
import type { EngineEvent, EventMap } from '../event.ts';
import { dialogue, type Dialogue } from '../fixtures/dialogue.ts';
import { decodeInvoicePayload } from '../payments/invoice-payload.ts';
import { readState } from '../state/read-state.ts';

const PRICES = [{ label: 'One month', amount: 50 }];
const LATE = {
  trigger_command: 'late',
  flow_data: {
    triggers: [{ kind: 'payment' }],
    response: 'Got {{ event.payment.total_amount }} {{ event.payment.currency }}, late',
  },
};

function shop(invoice: object = {}, more: Parameters<typeof dialogue>[0] = []): Dialogue {
  const steps = [
    {
      id: 'pay',
      type: 'invoice',
      title: 'News for {{ user.first_name }}',
      description: 'Every morning',
      currency: 'XTR',
      prices: PRICES,
      save: { charge: 'telegram_payment_charge_id' },
      ...invoice,
    },
    { id: 'thanks', type: 'message', text: 'Thank you: {{ charge }}', next: null },
    { id: 'remind', type: 'message', text: 'Not today?', next: null },
  ];
  const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }, ...more]);
  ann.say('/start');
  return ann;
}

function sent(ann: Dialogue): EffectMap['send'] {
  const found = ann.last.effects.find((effect) => effect.kind === 'send');
  if (found?.kind !== 'send') throw new Error('nothing was sent');
  return found;
}

function payment(invoice_payload: string, changes: Partial<EventMap['payment']> = {}): EngineEvent {
  return {
    kind: 'payment',
    currency: 'XTR',
    total_amount: 50,
    invoice_payload,
    telegram_payment_charge_id: 'c1',
    provider_payment_charge_id: 'p1',
    order_info: null,
    ...changes,
  };
}

function payloadOf(ann: Dialogue): string {
  const { payload } = sent(ann).payload;
  return typeof payload === 'string' ? payload : '';
}

describe('an invoice', () => {
  test('is sent with a payload that identifies this visit, and waits', () => {
    const ann = shop({ photo: 'https://example.com/{{ user.first_name }}.png', silent: true, protected: true });
    const { method, type, text, payload } = sent(ann);
    expect({ method, type, text }).toEqual({ method: 'sendInvoice', type: 'invoice', text: 'News for Ann' });
    expect(payload).toEqual({
      title: 'News for Ann',
      description: 'Every morning',
      currency: 'XTR',
      prices: PRICES,
      payload: 'bl1:s:1:0:7:0:7:e1',
      photo_url: 'https://example.com/Ann.png',
      disable_notification: true,
      protect_content: true,
    });
    expect(readState(ann.session).wait).toEqual({ token: 'e1', reason: 'payment', deadline: null });
    expect(ann.say('hello')).toEqual([]);
  });

  test('continues once when it is paid, and stores the payment', () => {
    const ann = shop({ save_to: 'paid' });
    const paid = payment(payloadOf(ann), { order_info: { name: 'Ann' } });
    expect(ann.play(paid)).toEqual(['Thank you: c1']);
    expect(ann.last.trace).toContainEqual({ kind: 'paid', step_id: 'pay', detail: '50 XTR' });
    expect(ann.play(paid)).toEqual([]);
  });

  test('stores the payment in the variables', () => {
    const steps = [
      { id: 'pay', type: 'invoice', title: 'x', description: 'x', currency: 'XTR', prices: PRICES, save_to: 'paid' },
      { id: 'q', type: 'question', text: '?' },
    ];
    const ann = dialogue([{ trigger_command: 'start', flow_data: { steps } }]);
    ann.say('/start');
    ann.play(payment(payloadOf(ann)));
    expect(ann.session.state.variables).toEqual({
      paid: {
        currency: 'XTR',
        total_amount: 50,
        telegram_payment_charge_id: 'c1',
        provider_payment_charge_id: 'p1',
        order_info: null,
      },
    });
  });

  test('that Telegram rejects continues at the error branch once, also during an interruption', () => {
    const refused: EngineEvent = {
      kind: 'result',
      token: 'e1',
      outcome: {
        kind: 'failed',
        code: 'SEND_FAILED',
        message: 'Telegram does not take it: 400 Bad Request: CURRENCY_INVALID',
      },
    };
    const help = {
      trigger_command: 'help',
      flow_data: { interrupted: 'come_back', steps: [{ id: 'q', type: 'question', text: 'About?' }] },
    };
    const ann = shop({ on_error: 'remind' }, [help]);
    expect(sent(ann).token).toBe('e1');
    ann.say('/help');
    expect(ann.play(refused)).toEqual(['Not today?']);
    expect(ann.last.trace).toContainEqual({
      kind: 'step_failed',
      step_id: 'pay',
      detail: 'Telegram does not take it: 400 Bad Request: CURRENCY_INVALID',
    });
    expect(ann.play(refused)).toEqual([]);
  });

  test('that is shown again has no new visit: the first one can still be paid', () => {
    const help = { trigger_command: 'help', flow_data: { interrupted: 'come_back', response: 'Help' } };
    const ann = shop({}, [help]);
    expect(ann.say('/help')).toEqual(['Help', 'News for Ann']);
    expect(ann.last.effects.map((effect) => effect.kind === 'send' && effect.token)).toEqual([undefined, undefined]);
  });

  test('that is not paid in time times out, and a later payment is late', () => {
    const ann = shop({ timeout: { hours: 1 }, on_timeout: 'remind' }, [LATE]);
    const payload = payloadOf(ann);
    expect(ann.last.effects.map(({ kind }) => kind)).toEqual(['send', 'timer']);
    expect(ann.play({ kind: 'timer', token: 'e1', purpose: 'wait', number: 0 })).toEqual(['Not today?']);
    expect(ann.play(payment(payload))).toEqual(['Got 50 XTR, late']);
    expect(ann.last.trace[0]).toEqual({ kind: 'payment_unexpected', step_id: null, detail: 'c1' });
  });

  test('is shown again after a stale press, and stays the same invoice', () => {
    const ann = shop();
    const first = payloadOf(ann);
    expect(ann.press('gone')).toEqual(['(answer) This button no longer works.', 'News for Ann']);
    expect(payloadOf(ann)).toBe(first);
    expect(ann.play(payment(first))).toEqual(['Thank you: c1']);
  });

  test.each([
    ['a template', '{{ price }}', 12, [{ label: 'One month', amount: 12 }]],
    ['a text of digits', '{{ price }}', '12', [{ label: 'One month', amount: 12 }]],
  ])('takes its price from %s', (_, amount, price, prices) => {
    const steps = [
      {
        id: 'pay',
        type: 'invoice',
        title: 'x',
        description: 'x',
        currency: 'XTR',
        prices: [{ label: 'One month', amount }],
      },
    ];
    const ann = dialogue([{ trigger_command: 'start', flow_data: { variables: { price }, steps } }]);
    ann.say('/start');
    expect(sent(ann).payload.prices).toEqual(prices);
  });

  test.each([0, -5, 1.5, 'much', null])('with the price %j fails and continues at the error branch', (price) => {
    const steps = [
      {
        id: 'pay',
        type: 'invoice',
        title: 'x',
        description: 'x',
        currency: 'XTR',
        prices: [{ label: 'x', amount: '{{ price }}' }],
        on_error: 'sorry',
      },
      { id: 'sorry', type: 'message', text: 'Sorry' },
    ];
    const ann = dialogue([{ trigger_command: 'start', flow_data: { variables: { price }, steps } }]);
    expect(ann.say('/start')).toEqual(['Sorry']);
  });

  test('of a provider contains the name of its token, not its value, and adds up its prices', () => {
    const prices = [
      { label: 'Tea', amount: 300 },
      { label: 'Discount', amount: '{{ discount }}' },
    ];
    const pay = (discount: number): Dialogue => {
      const steps = [
        {
          id: 'pay',
          type: 'invoice',
          title: 'Tea',
          description: 'A cup',
          currency: 'EUR',
          provider_token_secret: 'STRIPE',
          need_email: true,
          prices,
        },
      ];
      const ann = dialogue([{ trigger_command: 'start', flow_data: { variables: { discount }, steps } }]);
      ann.say('/start');
      return ann;
    };
    expect(sent(pay(-100)).payload).toMatchObject({
      currency: 'EUR',
      provider_token: { $secret: 'STRIPE' },
      need_email: true,
      prices: [{ amount: 300 }, { amount: -100 }],
    });
    expect(pay(-300).last.trace).toContainEqual({
      kind: 'step_failed',
      step_id: 'pay',
      detail: 'the total must be at least 1, not 0',
    });
  });

  test('never has a title or description that Telegram rejects', () => {
    const steps = [
      {
        id: 'pay',
        type: 'invoice',
        title: '{{ user.phone }}',
        description: '{{ long }}',
        currency: 'XTR',
        prices: PRICES,
      },
    ];
    const ann = dialogue([{ trigger_command: 'start', flow_data: { variables: { long: 'x'.repeat(500) }, steps } }]);
    ann.say('/start');
    expect(sent(ann).payload.title).toBe('…');
    expect(sent(ann).payload.description).toBe('x'.repeat(255));
  });
});

describe('a payment that no step waits for', () => {
  test('leaves the session where it is, unless its flow asks something', () => {
    const ann = shop({}, [LATE]);
    const before = ann.session;
    expect(ann.play(payment('another program'))).toEqual(['Got 50 XTR, late']);
    expect(ann.session).toBe(before);
  });

  test('of an earlier visit is late, also if the invoice was sent again', () => {
    const ann = shop({}, [LATE]);
    const first = payloadOf(ann);
    ann.say('/start');
    expect(ann.play(payment(first))).toEqual(['Got 50 XTR, late']);
    expect(ann.play(payment(payloadOf(shop())))).toEqual(['Got 50 XTR, late']);
  });

  test('is reported if no flow handles it', () => {
    const ann = shop();
    const before = ann.session;
    expect(ann.play(payment('x'))).toEqual([]);
    expect(ann.session).toBe(before);
    expect(ann.last.trace).toEqual([{ kind: 'payment_unhandled', step_id: null, detail: 'c1' }]);
  });

  test('of a version that no longer exists is late', () => {
    const ann = shop();
    const payload = payloadOf(ann);
    ann.republish([LATE]);
    ann.forget();
    expect(ann.play(payment(payload))).toEqual(['Got 50 XTR, late']);
    expect(ann.session.flow_version_id).toBeNull();
  });
});

test.each(['', 'x', 'bl1:s:1:0:7:0:7:', 'bl1:x:1:0:7:0:7:e1', 'bl1:s:1:0:7:0:7:e1:more', 'bl2:s:1:0:7:0:7:e1'])(
  '%j is not a payload of ours',
  (payload) => {
    expect(decodeInvoicePayload(payload)).toBeNull();
  },
);
