import { expect } from 'vitest';
import type { Message } from '@botloom/core';
import {
  changesSettings,
  hears,
  paymentIsRefused,
  pays,
  presses,
  publishes,
  receivesNothing,
  says,
  storesSecret,
  type Dialogue,
} from './lines.ts';

const INVOICE = {
  id: 'pay',
  type: 'invoice',
  title: 'A month of news',
  description: 'For {{ user.first_name }}',
  currency: 'XTR',
  prices: [{ label: 'One month', amount: 50 }],
};
const PAID = { id: 'thanks', type: 'message', text: 'Thank you for {{ paid.total_amount }} {{ paid.currency }}' };
const SHOP = {
  trigger_command: 'start',
  flow_data: { steps: [{ ...INVOICE, save_to: 'paid', photo: 'https://example.com/news.png' }, PAID] },
};
const LATE = {
  name: 'Late',
  flow_data: { triggers: [{ kind: 'payment' }], response: 'Late: {{ event.payment.total_amount }}' },
};

/** Invoices, also those that are paid when no session waits for them. */
export const PAYMENT_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'an invoice is paid, and the flow continues with the payment',
    flows: [SHOP],
    lines: [
      says('/start'),
      hears('A month of news', { keyboard: [['Pay ⭐50']] }),
      pays(),
      hears('Thank you for 50 XTR'),
      receivesNothing(),
    ],
  },
  {
    title: 'an invoice can be paid once, and an expired one not at all',
    flows: [SHOP],
    lines: [
      says('/start'),
      hears('A month of news', { as: 'old' }),
      says('/start'),
      hears('A month of news', { as: 'new' }),
      paymentIsRefused(/no longer valid/, { on: 'old' }),
      pays({ on: 'new' }),
      hears('Thank you for 50 XTR'),
      paymentIsRefused(/no longer valid/, { on: 'new' }),
      receivesNothing(),
    ],
  },
  {
    title: 'an invoice paid late starts the payment flow and keeps the pending question',
    flows: [
      { trigger_command: 'start', flow_data: { steps: [{ ...INVOICE, accept_late: true }] } },
      {
        trigger_command: 'ask',
        flow_data: {
          steps: [
            { id: 'q', type: 'question', text: 'Name?' },
            { id: 'e', type: 'message', text: 'So {{ q }}' },
          ],
        },
      },
      LATE,
    ],
    lines: [
      says('/start'),
      hears('A month of news', { as: 'old' }),
      says('/ask'),
      hears('Name?'),
      pays({ on: 'old' }),
      hears('Late: 50'),
      says('Ann'),
      hears('So Ann'),
      receivesNothing(),
    ],
  },
  {
    title: 'a late payment without a matching flow starts the error flow',
    flows: [
      { trigger_command: 'start', flow_data: { steps: [{ ...INVOICE, accept_late: true }] } },
      { trigger_command: 'hi', flow_data: { response: 'Hi' } },
      { name: 'Oops', flow_data: { response: 'We will look into {{ event.payment.total_amount }}' } },
    ],
    lines: [
      changesSettings({ error_flow: 'Oops' }),
      says('/start'),
      hears('A month of news', { as: 'old' }),
      says('/hi'),
      hears('Hi'),
      pays({ on: 'old' }),
      hears('We will look into 50'),
    ],
  },
  {
    title: 'an invoice of a provider is paid with its token, and no text contains the token',
    flows: [{ trigger_command: 'start', flow_data: { response: 'Closed' } }],
    lines: [
      storesSecret('STRIPE', '12345:TEST:abcdefgh'),
      publishes(0, {
        steps: [
          {
            ...INVOICE,
            currency: 'EUR',
            provider_token_secret: 'STRIPE',
            need_email: true,
            prices: [
              { label: 'Tea', amount: 1250 },
              { label: 'Postage', amount: 390 },
            ],
            save_to: 'paid',
          },
          PAID,
        ],
      }),
      ...[
        says('/start'),
        hears('A month of news', { keyboard: [['Pay 16.40 EUR']] }),
        pays(),
        hears('Thank you for 1640 EUR'),
      ],
      async ({ stage: harness, bot }) => {
        const messages = await harness.api.call('GET', `${bot.path}/messages`);
        if (JSON.stringify(messages).includes('TEST')) throw new Error('the message log contains the token');
      },
    ],
  },
  {
    title: 'an invoice is paid after an interruption that returns to it',
    flows: [
      SHOP,
      {
        trigger_command: 'help',
        flow_data: { interrupted: 'come_back', steps: [{ id: 'q', type: 'question', text: 'What about?' }] },
      },
    ],
    lines: [
      says('/start'),
      hears('A month of news', { as: 'invoice' }),
      says('/help'),
      hears('What about?'),
      pays({ on: 'invoice' }),
      hears('Thank you for 50 XTR'),
    ],
  },
  {
    title: 'Stars are refunded once, and only payments of the same user',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { ...INVOICE, save: { charge: 'telegram_payment_charge_id' } },
            { id: 'back', type: 'refund', charge: '{{ charge }}' },
            { id: 'given', type: 'message', text: 'Given back' },
            { id: 'again', type: 'refund', charge: '{{ charge }}' },
            { id: 'once', type: 'message', text: 'Still given back' },
          ],
        },
      },
      {
        trigger_command: 'wrong',
        flow_data: {
          steps: [
            { id: 'back', type: 'refund', charge: 'nothing', on_error: 'no' },
            { id: 'no', type: 'message', text: 'No such charge' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('A month of news'),
      pays(),
      hears('Given back'),
      hears('Still given back'),
      says('/wrong'),
      hears('No such charge'),
      receivesNothing(),
    ],
  },
  {
    title: 'an invoice that Telegram rejects takes the error branch, and the next one is paid',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'much', type: 'question', text: 'How much?', input: 'integer' },
            { ...INVOICE, prices: [{ label: 'x', amount: '{{ much }}' }], on_error: 'sorry', save_to: 'paid' },
            { ...PAID, next: null },
            { id: 'sorry', type: 'message', text: 'That is too much', next: 'much' },
          ],
        },
      },
    ],
    lines: [
      ...[
        says('/start'),
        hears('How much?'),
        says('100001'),
        hears('That is too much'),
        hears('How much?'),
        receivesNothing(),
      ],
      ...[says('7'), hears('A month of news'), pays(), hears('Thank you for 7 XTR')],
      async ({ stage: harness, bot }) => {
        const messages = await harness.api.all<Message>(`${bot.path}/messages?direction=outgoing`);
        expect(messages.filter(({ status }) => status === 'failed')).toMatchObject([
          { type: 'invoice', failure: expect.stringContaining('CURRENCY_TOTAL_AMOUNT_INVALID') as string },
        ]);
      },
    ],
  },
  {
    title: 'an invoice that Telegram rejects starts the error flow if the step has no error branch',
    flows: [
      { trigger_command: 'start', flow_data: { steps: [{ ...INVOICE, prices: [{ label: 'x', amount: 100_001 }] }] } },
      { name: 'Oops', flow_data: { response: 'Something went wrong' } },
    ],
    lines: [changesSettings({ error_flow: 'Oops' }), says('/start'), hears('Something went wrong'), receivesNothing()],
  },
  {
    title: 'a refusal uses the text of the invoice, and an invalid invoice takes the error branch',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          variables: { price: 'free' },
          steps: [
            {
              id: 'which',
              type: 'menu',
              text: 'Which?',
              buttons: [
                { text: 'A', next: 'a' },
                { text: 'B', next: 'b' },
              ],
            },
            { ...INVOICE, id: 'a', refusal: 'Sold out', next: 'thanks' },
            { ...INVOICE, id: 'b', prices: [{ label: 'x', amount: '{{ price }}' }], on_error: 'sorry', next: 'thanks' },
            { id: 'thanks', type: 'message', text: 'Thank you', next: null },
            { id: 'sorry', type: 'message', text: 'It has no price', next: null },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Which?', { as: 'menu' }),
      presses('A', { on: 'menu' }),
      hears('A month of news', { as: 'invoice' }),
      presses('B', { on: 'menu' }),
      hears('It has no price'),
      paymentIsRefused('Sold out', { on: 'invoice' }),
    ],
  },
];
