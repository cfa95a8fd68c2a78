import { findInvoiceSession } from '../payments/find-invoice-session.ts';
import { decodeInvoicePayload } from '../payments/invoice-payload.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { behaviorOf } from '../steps/step-behaviors.ts';
import type { TraceEntry } from '../trace.ts';
import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';
import { startSideFlow } from './start-side-flow.ts';

/**
 * Continues the step that waits for this payment. If there is none (the session has continued, or no flow sent the
 * invoice), the money was still paid: starts the flow with the payment trigger, else the bot's error flow.
 * Without either, the payment is only traced and logged.
 */
export const onPayment: EventHandler<'payment'> = (context) => {
  const { program, session, event } = context;
  const token = decodeInvoicePayload(event.invoice_payload)?.token;
  const waiting = token === undefined ? null : findInvoiceSession(session, token);
  const current = waiting === null ? null : findCurrentStep(program, waiting);
  if (token !== undefined && current !== null && behaviorOf(current.step).payment !== undefined) {
    return resume(context, token, (behavior) =>
      behavior.payment === undefined ? undefined : (step, run) => behavior.payment?.(step, run, event) ?? null,
    );
  }
  const unexpected: TraceEntry = {
    kind: 'payment_unexpected',
    step_id: null,
    detail: event.telegram_payment_charge_id,
  };
  const version = program.payment_version ?? program.error_version;
  if (version === null)
    return { session, effects: [], answers: [], trace: [{ ...unexpected, kind: 'payment_unhandled' }] };
  const sideFlow = startSideFlow(context, version, program.payment_version === null ? 'error' : 'payment');
  const isTaken = !sideFlow.trace.some(({ kind }) => kind === 'held_back');
  return {
    ...sideFlow,
    trace: [isTaken ? unexpected : { ...unexpected, kind: 'payment_unhandled' }, ...sideFlow.trace],
  };
};
