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

/** Chats in which one person is in a flow. */
const MAX_SESSION_COUNT = 100;

/**
 * Tells the sessions of a person that something has happened: those whose flow waits for it (`wait_for_event`) go on. Resolves when that is committed.
 * An event that nobody waits for yet is not kept.
 *
 * @param input - `name`, `data` (50,000 characters of JSON at most), and an `id` by which the call counts once
 * @throws VALIDATION_FAILED, at `/id` when another event had it; BOT_NOT_FOUND, USER_NOT_FOUND; CONFLICT for an inactive bot; UNAVAILABLE: to be made again.
 * @example
 * const { continued } = await botloom.events.raise(bot.id, user.id, { name: 'order_paid', data: { number: 12 }, id: payment.id });
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
    throw new BotloomError('CONFLICT', 'The bot is not active, so its flows stand still.');
  // Which of them wait for it is seen when they are locked: one may just have come to its step, or wait behind a flow that has interrupted it.
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
