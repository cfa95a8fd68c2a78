import * as z from 'zod/mini';
import type { CompileContext } from '../../compile-context.ts';
import { labelled } from '../../labelled.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { JsonObject } from '../../../model/index.ts';
import type { Template } from '../../template/template.ts';
import { compileValue } from '../../values/compile-value.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { nextStep, onError, stepId, templateText } from '../common-fields.ts';
import { compileMedia } from '../message/media-source.ts';
import { compileSavedResult, savedResultFields, type SavedResult } from '../saved-result.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileTimeout, timeoutFields, type CompiledTimeout } from '../timeout.ts';

const text = (title: string, description: string) => labelled(templateText, { title, description });
const flag = (title: string, description: string) => labelled(z.optional(z.boolean()), { title, description });

const price = labelled(
  z.strictObject({
    label: text('Label', 'What it is the price of. A template.'),
    amount: labelled(z.union([z.int(), templateText]), { title: 'Amount', description: 'In Stars. A whole number, or a template that gives one.' }),
  }),
  { title: 'Price', description: 'A part of what is to be paid.' },
);

const schema = labelled(
  z.strictObject({
    id: stepId,
    type: z.literal('invoice'),
    title: text('Title', 'The name of what is sold: 32 characters at most. A template.'),
    description: text('Description', '255 characters at most. A template.'),
    currency: labelled(z.literal('XTR'), { title: 'Currency', description: '`XTR`: Telegram Stars.' }),
    prices: labelled(z.array(price).check(z.length(1)), { title: 'Prices', description: 'What is to be paid; of Stars one price.' }),
    photo: labelled(z.optional(z.string().check(z.minLength(1))), { title: 'Photo', description: 'The https address of a picture of it. A template.' }),
    ...timeoutFields,
    accept_late: flag(
      'Accept late payments',
      'Whether the invoice can still be paid when the conversation has gone on; a flow with the trigger `payment` then hears of it. It cannot when left out.',
    ),
    refusal: labelled(z.optional(z.string().check(z.regex(/\S/), z.maxLength(FLOW_LIMITS.callbackAnswer))), {
      title: 'Refusal',
      description: 'What Telegram says to a person who pays an invoice that is not taken any more. No template.',
    }),
    silent: flag('Silent', 'Whether it comes without a sound.'),
    protected: flag('Protected', 'Whether it can be neither forwarded nor saved.'),
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
  readonly prices: readonly { readonly label: Template; readonly amount: CompiledValue }[];
  readonly photo: Template | null;
  /** Null: it waits as long as it takes. */
  readonly timeout: CompiledTimeout | null;
  readonly accepts_late: boolean;
  /** Null: the runtime's own words. */
  readonly refusal: string | null;
  /** Parameters of the message besides. */
  readonly options: JsonObject;
  readonly save: SavedResult;
  readonly next: string | null;
}

export const invoiceStep = {
  type: 'invoice',
  summary: 'Asks for a payment and waits for it.',
  schema,
  compile(source, context): CompiledInvoice {
    context.waits();
    return {
      kind: 'invoice',
      id: source.id,
      index: context.index,
      title: context.template(source.title, '/title', { limit: FLOW_LIMITS.invoiceTitle }),
      description: context.template(source.description, '/description', { limit: FLOW_LIMITS.invoiceDescription }),
      currency: source.currency,
      prices: source.prices.map((each, index) => compilePrice(each, `/prices/${index}`, context)),
      photo: source.photo === undefined ? null : compilePhoto(source.photo, context),
      timeout: compileTimeout(source, context),
      accepts_late: source.accept_late ?? false,
      refusal: source.refusal ?? null,
      options: { ...(source.silent === true ? { disable_notification: true } : {}), ...(source.protected === true ? { protect_content: true } : {}) },
      save: compileSavedResult(source, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<InvoiceSource, CompiledInvoice>;

function compilePrice({ label, amount }: z.infer<typeof price>, key: string, context: CompileContext): CompiledInvoice['prices'][number] {
  if (typeof amount === 'number' && amount < 1) context.report(`${key}/amount`, 'too_small', 'Nothing is sold for less than one Star');
  return { label: context.template(label, `${key}/label`, { limit: FLOW_LIMITS.priceLabel }), amount: compileValue(amount, `${key}/amount`, context) };
}

/** An invoice shows no file of Telegram's. */
function compilePhoto(source: string, context: CompileContext): Template {
  if (!/^(https?:\/\/|\{)/i.test(source)) context.report('/photo', 'media_invalid', 'The photo of an invoice is an https address');
  return compileMedia(source, '/photo', context);
}
