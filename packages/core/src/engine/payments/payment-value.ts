import type { JsonObject } from '../../model/index.ts';
import type { EventMap } from '../event.ts';

/** A payment as flows see it: the variable of an invoice, and `event.payment`. */
export function paymentValue({
  currency,
  total_amount,
  telegram_payment_charge_id,
  provider_payment_charge_id,
  order_info,
}: EventMap['payment']): JsonObject {
  return { currency, total_amount, telegram_payment_charge_id, provider_payment_charge_id, order_info };
}
