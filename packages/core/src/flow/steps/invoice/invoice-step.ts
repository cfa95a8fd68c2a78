import * as z from 'zod/mini';
import { labeled, type JsonObject } from '../../../model/index.ts';
import { SECRET_NAME_PATTERN } from '../../../model/secret-name.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { Template } from '../../template/template.ts';
import { compileValue } from '../../values/compile-value.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { nextStep, onError, stepId, templateText } from '../common-fields.ts';
import { compileMedia } from '../message/media-source.ts';
import { compileSavedResult, savedResultFields, type SavedResult } from '../saved-result.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileTimeout, timeoutFields, type CompiledTimeout } from '../timeout.ts';

const price = labeled(
  z.strictObject({
    label: labeled(templateText, { title: 'Label', description: 'The item. A template.' }),
    amount: labeled(z.union([z.int(), templateText]), {
      title: 'Amount',
      description:
        'In the smallest units of the currency (cents, Stars). A whole number, or a template that renders to one. ' +
        'A negative number is a discount.',
    }),
  }),
  { title: 'Price', description: 'A part of the total.' },
);

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('invoice'),
    title: labeled(templateText, {
      title: 'Title',
      description: 'The name of the product, at most 32 characters. A template.',
    }),
    description: labeled(templateText, { title: 'Description', description: 'At most 255 characters. A template.' }),
    currency: labeled(
      z.string().check(z.regex(/^[A-Z]{3}$/, 'Use "XTR" for Telegram Stars, or three capital letters such as "EUR".')),
      {
        title: 'Currency',
        description: '`XTR`: Telegram Stars, or three letters such as `EUR`, paid through a provider.',
      },
    ),
    prices: labeled(z.array(price).check(z.minLength(1), z.maxLength(FLOW_LIMITS.prices)), {
      title: 'Prices',
      description: 'The parts of the total. Payments in Stars have exactly one.',
    }),
    provider_token_secret: labeled(z.optional(z.string().check(z.regex(SECRET_NAME_PATTERN))), {
      title: 'Provider token',
      description:
        'Name of the bot secret with the token of the payment provider, which you get from @BotFather. Not for Stars.',
    }),
    need_name: labeled(z.optional(z.boolean()), {
      title: 'Need a name',
      description: 'If true, the user must enter a full name. Not for Stars.',
    }),
    need_phone_number: labeled(z.optional(z.boolean()), {
      title: 'Need a phone number',
      description: 'If true, the user must enter a phone number. Not for Stars.',
    }),
    need_email: labeled(z.optional(z.boolean()), {
      title: 'Need an email address',
      description: 'If true, the user must enter an email address. Not for Stars.',
    }),
    need_shipping_address: labeled(z.optional(z.boolean()), {
      title: 'Need a shipping address',
      description: 'If true, the user must enter a shipping address. Not for Stars.',
    }),
    photo: labeled(z.optional(z.string().check(z.minLength(1))), {
      title: 'Photo',
      description: 'The https URL of a picture of the product. A template.',
    }),
    ...timeoutFields,
    accept_late: labeled(z.optional(z.boolean()), {
      title: 'Accept late payments',
      description:
        'If true, the invoice can still be paid after the step has ended. ' +
        'Such a payment starts the flow with the trigger `payment`. Default: false.',
    }),
    refusal: labeled(z.optional(z.string().check(z.regex(/\S/), z.maxLength(FLOW_LIMITS.callbackAnswer))), {
      title: 'Refusal',
      description:
        'Message that Telegram shows to a user who tries to pay an invoice that is no longer valid. Not a template.',
    }),
    silent: labeled(z.optional(z.boolean()), {
      title: 'Silent',
      description: 'If true, the message is delivered without sound.',
    }),
    protected: labeled(z.optional(z.boolean()), {
      title: 'Protected',
      description: 'If true, the message cannot be forwarded or saved.',
    }),
    ...savedResultFields,
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Invoice', description: 'Asks for a payment and waits for it.' },
);

export type InvoiceSource = z.infer<typeof schema>;

export interface CompiledInvoice extends CompiledBase<'invoice'> {
  readonly title: Template;
  readonly description: Template;
  readonly currency: string;
  /** Name of a secret. Null for Stars, which have no provider. */
  readonly provider_token_secret: string | null;
  readonly prices: readonly { readonly label: Template; readonly amount: CompiledValue }[];
  readonly photo: Template | null;
  /** Null: waits without a limit. */
  readonly timeout: CompiledTimeout | null;
  readonly accepts_late: boolean;
  /** Null: the default text of the runtime. */
  readonly refusal: string | null;
  /** Other parameters of the message. */
  readonly options: JsonObject;
  readonly save: SavedResult;
  readonly next: string | null;
}

export const invoiceStep = {
  type: 'invoice',
  summary: 'Asks for a payment and waits for it.',
  schema,
  compile(source, context): CompiledInvoice {
    context.markWaiting();
    return {
      kind: 'invoice',
      id: source.id,
      index: context.index,
      title: context.template(source.title, '/title', { limit: FLOW_LIMITS.invoiceTitle }),
      description: context.template(source.description, '/description', { limit: FLOW_LIMITS.invoiceDescription }),
      currency: source.currency,
      provider_token_secret: compileProvider(source, context),
      prices: compilePrices(source, context),
      photo: source.photo === undefined ? null : compilePhoto(source.photo, context),
      timeout: compileTimeout(source, context),
      accepts_late: source.accept_late ?? false,
      refusal: source.refusal ?? null,
      options: {
        ...Object.fromEntries(NEEDS.flatMap((name) => (source[name] === true ? [[name, true]] : []))),
        ...(source.silent === true ? { disable_notification: true } : {}),
        ...(source.protected === true ? { protect_content: true } : {}),
      },
      save: compileSavedResult(source, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<InvoiceSource, CompiledInvoice>;

const NEEDS = ['need_name', 'need_phone_number', 'need_email', 'need_shipping_address'] as const;

/** Returns the name of the secret, and reports fields that Stars do not allow or that providers require. */
function compileProvider(source: InvoiceSource, context: CompileContext): string | null {
  const { currency, provider_token_secret } = source;
  if (currency === 'XTR') {
    for (const name of ['provider_token_secret', ...NEEDS] as const) {
      if (source[name] !== undefined)
        context.report(`/${name}`, 'fields_conflict', `"${name}" is not allowed for payments in Stars`, 'Remove it.');
    }
    return null;
  }
  if (provider_token_secret !== undefined) return context.secret(provider_token_secret, '/provider_token_secret');
  context.report(
    '/provider_token_secret',
    'required',
    '"provider_token_secret" is missing',
    'Store the provider token from @BotFather as a secret of the bot, and use its name here.',
  );
  return null;
}

function compilePrices({ currency, prices }: InvoiceSource, context: CompileContext): CompiledInvoice['prices'] {
  if (currency === 'XTR' && prices.length > 1)
    context.report('/prices', 'too_big', 'An invoice in Stars has exactly one price', 'Combine the prices into one.');
  const total = prices.reduce((sum, { amount }) => sum + (typeof amount === 'number' ? amount : Infinity), 0);
  if (total < 1)
    context.report(prices.length === 1 ? '/prices/0/amount' : '/prices', 'too_small', 'The total must be at least 1');
  return prices.map(({ label, amount }, index) => ({
    label: context.template(label, `/prices/${index}/label`, { limit: FLOW_LIMITS.priceLabel }),
    amount: compileValue(amount, `/prices/${index}/amount`, context),
  }));
}

/** Compiles the photo. Telegram requires a URL here, and accepts no `file_id` or upload. */
function compilePhoto(source: string, context: CompileContext): Template {
  if (!/^(https?:\/\/|\{)/i.test(source))
    context.report('/photo', 'media_invalid', 'The photo of an invoice must be an https URL');
  return compileMedia(source, 'photo', '/photo', context);
}
