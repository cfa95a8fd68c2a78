import { badRequest } from '../call/api-error.ts';
import type { Method } from '../sending/method-call.ts';
import { receiveFromPerson } from '../state/rooms.ts';

/** Returns the Stars to the person. The chat shows a service message about it. */
export const refundStarPayment: Method = ({ world, bot, parameters }) => {
  const telegram_payment_charge_id = parameters.string('telegram_payment_charge_id') ?? '';
  const payment = bot.payments.get(telegram_payment_charge_id);
  if (!payment || payment.person.user.id !== parameters.number('user_id') || payment.invoice.currency !== 'XTR')
    throw badRequest('CHARGE_NOT_FOUND');
  if (payment.is_refunded) throw badRequest('CHARGE_ALREADY_REFUNDED');
  payment.is_refunded = true;
  const { currency, total_amount, payload } = payment.invoice;
  receiveFromPerson(world, payment.room, payment.person, {
    refunded_payment: { currency, total_amount, invoice_payload: payload, telegram_payment_charge_id },
  });
  return true;
};
