import type { JsonObject, Message } from '../telegram-objects.ts';
import type { CheckoutState, Room } from './bot-state.ts';
import type { PersonState } from './person-state.ts';
import { emit, pushUpdate, receiveFromPerson } from './rooms.ts';
import type { World } from './world.ts';

/** Time that Telegram waits for the answer to a pre-checkout query. */
export const checkoutLifetimeMs = 10_000;

/**
 * Presses Pay on an invoice. Returns undefined if the message is not an invoice. The provider's payment form is not
 * simulated.
 */
export function beginCheckout(
  world: World,
  room: Room,
  person: PersonState,
  message: Message,
): CheckoutState | undefined {
  const bot = message.from && world.botsById.get(message.from.id);
  const invoice = room.invoices.get(message.message_id);
  if (!bot || !invoice) return undefined;
  const checkout: CheckoutState = {
    query_id: String(world.nextId('callback')),
    bot,
    room,
    person,
    invoice,
    expires_at: world.clock.now() + checkoutLifetimeMs,
    answer: undefined,
  };
  bot.checkouts.set(checkout.query_id, checkout);
  emit(world, room, { kind: 'checkout', from: person.user.id, message_id: message.message_id });
  const { payload, currency, total_amount } = invoice;
  pushUpdate(world, bot, 'pre_checkout_query', {
    id: checkout.query_id,
    from: person.user,
    currency,
    total_amount,
    invoice_payload: payload,
  });
  return checkout;
}

/** Charges the person. The bot receives a message about the payment. */
export function completePayment(world: World, { bot, room, person, invoice }: CheckoutState): Message {
  const charge = `charge_${world.nextId('callback')}`;
  bot.payments.set(charge, { room, person, invoice, is_refunded: false });
  const content: JsonObject = {
    successful_payment: {
      currency: invoice.currency,
      total_amount: invoice.total_amount,
      invoice_payload: invoice.payload,
      telegram_payment_charge_id: charge,
      provider_payment_charge_id: `provider_${charge}`,
    },
  };
  return receiveFromPerson(world, room, person, content).message;
}
