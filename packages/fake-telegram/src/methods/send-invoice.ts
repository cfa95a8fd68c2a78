import { badRequest } from '../call/api-error.ts';
import { isObject } from '../parameters/read-parameters.ts';
import { findRoom } from '../sending/find-room.ts';
import type { Method, MethodCall } from '../sending/method-call.ts';
import { sendContent } from '../sending/send-content.ts';
import type { JsonObject } from '../telegram-objects.ts';

/** Sends an invoice. It gets a Pay button if the call has no keyboard. */
export const sendInvoice: Method = (call) => {
  const { parameters } = call;
  const currency = parameters.string('currency') ?? '';
  const total_amount = readTotal(call, currency);
  checkProvider(parameters.string('provider_token') ?? '', currency);
  const photo = parameters.string('photo_url');
  if (photo !== undefined && !URL.canParse(photo)) throw badRequest('WEBDOCUMENT_URL_INVALID');
  const title = parameters.string('title') ?? '';
  const description = parameters.string('description') ?? '';
  const invoice = {
    title,
    description,
    start_parameter: parameters.string('start_parameter') ?? '',
    currency,
    total_amount,
  };
  const message = sendContent(call, {
    invoice,
    ...payButton(parameters.object('reply_markup'), `Pay ${priceTag(total_amount, currency)}`),
  });
  findRoom(call).invoices.set(message.message_id, {
    payload: parameters.string('payload') ?? '',
    currency,
    total_amount,
  });
  return message;
};

function readTotal({ parameters }: MethodCall, currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) throw badRequest('CURRENCY_INVALID');
  const prices = (parameters.list('prices') ?? []).filter(isObject);
  if (prices.length === 0 || (currency === 'XTR' && prices.length !== 1)) throw badRequest('STARS_INVOICE_INVALID');
  if (prices.some(({ label }) => typeof label !== 'string' || label.trim() === ''))
    throw badRequest('PRICE_LABEL_INVALID');
  const total = prices.reduce((sum, { amount }) => sum + Number(amount), 0);
  if (total < 1 || (currency === 'XTR' && total > 100_000)) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID');
  return total;
}

/** Checks the provider token. Stars need none; any text in the form of BotFather's tokens is accepted. */
function checkProvider(token: string, currency: string): void {
  if (currency === 'XTR' ? token !== '' : !/^\d+:[\w:-]+$/.test(token)) throw badRequest('PAYMENT_PROVIDER_INVALID');
}

/** Returns the keyboard of the call, which must begin with a Pay button, or one with only a Pay button. */
function payButton(markup: JsonObject | undefined, text: string): JsonObject {
  if (!markup) return { reply_markup: { inline_keyboard: [[{ text, pay: true }]] } };
  // checkReplyMarkup checks the shape of the rows.
  const [first] = Array.isArray(markup.inline_keyboard) ? (markup.inline_keyboard as unknown[][]).flat() : [];
  if (!isObject(first) || first.pay !== true) throw badRequest('the first button of an invoice must be a Pay button');
  return {};
}

function priceTag(amount: number, currency: string): string {
  return currency === 'XTR' ? `⭐${amount}` : `${(amount / 100).toFixed(2)} ${currency}`;
}
