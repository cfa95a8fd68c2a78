import { findPayee } from '../payments/find-payee.ts';
import { decodeInvoice } from '../payments/invoice-payload.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';
import type { TraceEntry } from '../trace.ts';
import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';
import { startAside } from './start-aside.ts';

/**
 * Continues the step that waits for this payment. Any other payment was made nevertheless (the session has continued,
 * or the invoice is not a flow's): it starts the flow that payments trigger, else the bot's error flow, else it is
 * logged.
 */
export const onPayment: EventHandler<'payment'> = (context) => {
  const { program, session, event } = context;
  const token = decodeInvoice(event.invoice_payload)?.token;
  const waiting = token === undefined ? null : findPayee(session, token);
  const standing = waiting === null ? null : findCurrentStep(program, waiting);
  if (token !== undefined && standing !== null && behaviourOf(standing.step).payment !== undefined) {
    return resume(context, token, (behaviour) =>
      behaviour.payment === undefined ? undefined : (step, run) => behaviour.payment?.(step, run, event) ?? null,
    );
  }
  const unexpected: TraceEntry = {
    kind: 'payment_unexpected',
    step_id: null,
    detail: event.telegram_payment_charge_id,
  };
  const version = program.payment ?? program.error_version;
  if (version === null)
    return { session, effects: [], answers: [], trace: [{ ...unexpected, kind: 'payment_unhandled' }] };
  const aside = startAside(context, version, program.payment === null ? 'error' : 'payment');
  const isTaken = !aside.trace.some(({ kind }) => kind === 'held_back');
  return { ...aside, trace: [isTaken ? unexpected : { ...unexpected, kind: 'payment_unhandled' }, ...aside.trace] };
};
