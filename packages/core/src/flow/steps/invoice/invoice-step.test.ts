import { expect, test } from 'vitest';
import { validateFlow } from '../../validate-flow.ts';

const invoice = {
  id: 'pay',
  type: 'invoice',
  title: 'News',
  description: 'Every morning',
  currency: 'XTR',
  prices: [{ label: 'One month', amount: 50 }],
};

function brief(changes: object): string[] {
  return validateFlow({ steps: [{ ...invoice, ...changes }] }).map(
    ({ path, code }) => `${path.replace('/steps/0', '')} ${code}`,
  );
}

test.each<[object, string[]]>([
  [{}, []],
  [
    {
      photo: 'https://example.com/{{ user.id }}.png',
      accept_late: true,
      refusal: 'Too late',
      timeout: 'PT1H',
      on_timeout: null,
      save_to: 'paid',
      save: { charge: 'telegram_payment_charge_id' },
    },
    [],
  ],
  [{ title: undefined }, ['/title required']],
  [{ title: 'x'.repeat(33) }, ['/title text_too_long']],
  [{ description: 'x'.repeat(256) }, ['/description text_too_long']],
  [{ currency: 'xtr' }, ['/currency wrong_format']],
  [{ currency: 'EUR' }, ['/provider_token_secret required']],
  [
    {
      currency: 'EUR',
      provider_token_secret: 'STRIPE',
      need_email: true,
      prices: [
        { label: 'a', amount: 999 },
        { label: 'Discount', amount: -99 },
      ],
    },
    [],
  ],
  [{ currency: 'EUR', provider_token_secret: 'two words' }, ['/provider_token_secret wrong_format']],
  [{ provider_token_secret: 'STRIPE' }, ['/provider_token_secret fields_conflict']],
  [{ need_name: true, need_phone_number: false }, ['/need_name fields_conflict', '/need_phone_number fields_conflict']],
  [{ prices: [] }, ['/prices empty']],
  [
    {
      prices: [
        { label: 'a', amount: 1 },
        { label: 'b', amount: 1 },
      ],
    },
    ['/prices too_big'],
  ],
  [{ prices: [{ label: 'a', amount: 0 }] }, ['/prices/0/amount too_small']],
  [{ prices: [{ label: 'a', amount: '{{ nothing }}' }] }, ['/prices/0/amount unknown_variable']],
  [{ photo: 'http://example.com/a.png' }, ['/photo url_scheme']],
  [{ photo: 'AgACAgIAAx' }, ['/photo media_invalid']],
  [{ timeout: { seconds: 0 }, on_timeout: null }, ['/timeout duration_invalid']],
  [{ timeout: { hours: 1 }, on_timeout: 'gone' }, ['/on_timeout dangling_step']],
  [{ timeout: { hours: 1 } }, ['/on_timeout required']],
  [{ refusal: ' ' }, ['/refusal empty']],
  [{ save: { a: 'b..c' } }, ['/save/a wrong_format']],
])('%j', (changes, problems) => {
  expect(brief(changes)).toEqual(problems);
});
