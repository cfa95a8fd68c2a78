import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import { cleanJson } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { checkInput } from '../check-input.ts';
import { createCallRecord } from '../create-call-record.ts';
import { callPlaceOf } from '../sessions/session-id.ts';
import { getUser } from '../users/get-user.ts';

const schema = contract.events.raise.body;
export type RaiseEventInput = z.input<typeof schema>;
export type RaisedEvent = z.output<typeof contract.events.raise.response>;

/** Sessions of one user that an event can reach. */
const MAX_SESSION_COUNT = 100;

/**
 * Sends an event to the sessions of a user: those that wait for it (`wait_for_event`) continue. Resolves when that is
 * committed. An event that no session waits for is discarded.
 *
 * @param input - `name`; `data`, up to 50,000 characters of JSON; `id`, an idempotency key
 * @throws BOT_NOT_FOUND, USER_NOT_FOUND
 * @throws VALIDATION_FAILED - also at `/id`, when another event had the same ID
 * @throws CONFLICT - for an inactive bot
 * @throws UNAVAILABLE - the call can be repeated
 * @example
 * const event = { name: 'order_paid', data: { number: 12 }, id: payment.id };
 * const { continued } = await botloom.events.raise(bot.id, user.id, event);
 */
export async function raiseEvent(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  user_id: string,
  input: RaiseEventInput,
): Promise<RaisedEvent> {
  const { name, id, ...rest } = checkInput(schema, input);
  const data = cleanJson({ data: rest.data }).data ?? null;
  const user = await getUser(context, scope, bot_id, user_id);
  if (!(await getBot(context, scope, bot_id)).is_active)
    throw new BotloomError('CONFLICT', 'The bot is inactive. Activate it first.');
  // All of them, because the wait is checked under the lock: a session may have just reached its step, or wait behind a
  // flow that interrupted it.
  const { items } = await context.storage.sessions.list(scope, bot_id, { user_id }, { limit: MAX_SESSION_COUNT });
  const places = items.map(callPlaceOf);
  const record = id === undefined ? null : createCallRecord(bot_id, user_id, id, [name, data]);
  const { continued, is_repeated } = await context.runtime.sendSessionEvent({
    bot_id,
    user_id: user.chat_id,
    places,
    event: { kind: 'external', name, data },
    record,
  });
  return { continued, is_repeated };
}
