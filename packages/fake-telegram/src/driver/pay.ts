import type { CheckoutAnswer, CheckoutState, Room } from '../state/bot-state.ts';
import { beginCheckout, checkoutLifetimeMs, completePayment } from '../state/checkout.ts';
import type { PersonState } from '../state/person-state.ts';
import type { Message } from '../telegram-objects.ts';
import type { ChatDeps } from './chat-deps.ts';
import { expectationFailure } from './expectation-failure.ts';
import { describeExpected, matchesText } from './expectation.ts';
import { waitForEvent } from './wait-for-event.ts';

export interface PayOptions {
  /** The invoice; the bot's last one by default. */
  on?: Message;
  /** Called when the bot has accepted the payment, before it receives the update about the completed payment. */
  meanwhile?: () => Promise<unknown>;
}

/** Presses Pay, waits up to 10 seconds for the bot's answer, and pays. */
export async function pay(deps: ChatDeps, room: Room, person: PersonState, options: PayOptions): Promise<Message> {
  const { checkout, answer } = await sendPreCheckoutQuery(deps, room, person, options.on);
  if (!answer.ok) throw expectationFailure(deps, room, `${person.user.first_name} can't pay: ${answer.error_message}`);
  await options.meanwhile?.();
  return completePayment(deps.world, checkout);
}

/** Presses Pay and checks that the bot refuses the payment with the expected text. */
export async function expectPaymentRefusal(
  deps: ChatDeps,
  room: Room,
  person: PersonState,
  expected: string | RegExp | undefined,
  on: Message | undefined,
): Promise<string> {
  const { answer } = await sendPreCheckoutQuery(deps, room, person, on);
  const wanted = `${person.user.first_name} expected the payment to be refused with ${describeExpected(expected)}`;
  if (answer.ok) throw expectationFailure(deps, room, `${wanted}, but the bot accepted it`);
  if (expected !== undefined && !matchesText(answer.error_message, expected))
    throw expectationFailure(deps, room, `${wanted}, but it was ${JSON.stringify(answer.error_message)}`);
  return answer.error_message;
}

async function sendPreCheckoutQuery(
  deps: ChatDeps,
  room: Room,
  person: PersonState,
  on: Message | undefined,
): Promise<{ checkout: CheckoutState; answer: CheckoutAnswer }> {
  const name = person.user.first_name;
  const invoice = on ?? [...room.messages.values()].findLast(({ message_id }) => room.invoices.has(message_id));
  const checkout = invoice && beginCheckout(deps.world, room, person, invoice);
  if (!checkout)
    throw expectationFailure(
      deps,
      room,
      `${name} can't pay: ${on ? 'the message is not an invoice' : 'there is no invoice'}`,
    );
  const answer = await waitForEvent(room, checkoutLifetimeMs, () => checkout.answer);
  if (!answer)
    throw expectationFailure(
      deps,
      room,
      `${name} can't pay: the bot did not answer the pre-checkout query within 10 seconds`,
      true,
    );
  return { checkout, answer };
}
