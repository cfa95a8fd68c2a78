import { FLOW_LIMITS, isMediaSource, type CompiledInvoice } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { encodeInvoicePayload } from '../payments/invoice-payload.ts';
import { paymentValue } from '../payments/payment-value.ts';
import { beginWait, startTimer } from '../run/begin-wait.ts';
import { addTrace, type Run } from '../run/run.ts';
import { saveResult } from '../run/save-result.ts';
import { renderLabel } from '../sending/inline-keyboard.ts';
import { SECRET_MEMBER } from '../sending/secret-member.ts';
import { send } from '../sending/send.ts';
import { splitFormatted } from '../sending/split-formatted.ts';
import type { Wait } from '../state/wait.ts';
import { evaluate } from '../values/evaluate.ts';
import { render } from '../values/render.ts';
import { toNumber } from '../values/to-number.ts';
import { WAIT, type StepBehavior } from './step-behavior.ts';

export const invoiceBehavior: StepBehavior<'invoice'> = {
  enter(step, run) {
    const deadline = step.timeout === null ? null : run.env.now + step.timeout.after;
    const wait = beginWait(run, 'payment', deadline);
    sendInvoice(step, wait, run, { token: wait.token });
    if (deadline !== null) startTimer(run, wait, 'wait', deadline);
    return WAIT;
  },
  /** Sends the same invoice again; the first one stays valid. */
  show(step, run) {
    if (run.wait !== null) sendInvoice(step, run.wait, run, {});
    return WAIT;
  },
  timer(step, run) {
    addTrace(run, 'timed_out', step.id);
    return step.timeout === null ? WAIT : step.timeout.next;
  },
  /** Telegram has rejected the invoice. */
  result(_step, _run, { outcome }) {
    throw new Error(outcome.kind === 'failed' ? outcome.message : 'the invoice was not sent');
  },
  payment(step, run, event) {
    addTrace(run, 'paid', step.id, `${event.total_amount} ${event.currency}`);
    saveResult(step.save, paymentValue(event), run);
    return step.next;
  },
};

function sendInvoice(step: CompiledInvoice, { token }: Wait, run: Run, visit: { readonly token?: string }): void {
  const { env, version } = run;
  const title = truncate(renderLabel(step.title, run), FLOW_LIMITS.invoiceTitle);
  const photo = step.photo === null ? '' : render(step.photo, run).trim();
  const payload: JsonObject = {
    title,
    description: truncate(renderLabel(step.description, run), FLOW_LIMITS.invoiceDescription),
    payload: encodeInvoicePayload({
      token,
      accepts_late: step.accepts_late,
      version_id: version.id,
      step: step.index,
      chat_id: env.chat.id,
      thread_id: env.chat.thread_id,
      user_id: env.user.chat_id,
    }),
    currency: step.currency,
    ...(step.provider_token_secret === null ? {} : { provider_token: { [SECRET_MEMBER]: step.provider_token_secret } }),
    prices: pricesOf(step, run),
    ...(photo.startsWith('https://') && isMediaSource(photo) ? { photo_url: photo } : {}),
    ...step.options,
  };
  send(run, { method: 'sendInvoice', type: 'invoice', text: title, payload, ...visit });
}

function pricesOf({ prices }: CompiledInvoice, run: Run): JsonObject[] {
  const all = prices.map((price) => ({
    label: truncate(renderLabel(price.label, run), FLOW_LIMITS.priceLabel),
    amount: amountOf(price, run),
  }));
  const total = all.reduce((sum, { amount }) => sum + amount, 0);
  if (total < 1) throw new Error(`the total must be at least 1, not ${total}`);
  return all;
}

function amountOf({ amount }: CompiledInvoice['prices'][number], run: Run): number {
  const value = evaluate(amount, run);
  const number = toNumber(value);
  if (number === null || !Number.isSafeInteger(number))
    throw new Error(`${JSON.stringify(value ?? null).slice(0, 40)} is not a valid amount: it must be a whole number`);
  return number;
}

function truncate(text: string, limit: number): string {
  return splitFormatted({ text, entities: [] }, limit)[0]?.text ?? text;
}
