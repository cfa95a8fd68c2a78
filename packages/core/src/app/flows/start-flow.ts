import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import { BotloomError } from '../../errors/index.ts';
import type { JsonObject, Scope } from '../../model/index.ts';
import { cleanJson } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { checkInput } from '../check-input.ts';
import { createCallRecord } from '../create-call-record.ts';
import { getUser } from '../users/get-user.ts';
import { getFlow } from './get-flow.ts';

const schema = contract.flows.start.body;
export type StartFlowInput = z.input<typeof schema>;
export type StartedFlow = z.output<typeof contract.flows.start.response>;

/**
 * Starts a flow for a person, in their private chat with the bot. It goes the way of every update, so it never meets a message of the person half-way. Resolves when it is
 * committed; what the flow says is sent after that.
 *
 * @param input - `variables` that the flow begins with, besides its own (50,000 characters of JSON at most), and an `id` by which the call counts once within two days
 * @throws VALIDATION_FAILED, at `/id` when another call had it; BOT_NOT_FOUND, USER_NOT_FOUND, FLOW_NOT_FOUND; USER_BLOCKED; CONFLICT for an inactive bot or flow, or while a human has the session; RATE_LIMITED
 *   while too much waits to be sent; UNAVAILABLE: to be made again.
 * @example
 * await botloom.flows.start(bot.id, user.id, flow.id, { variables: { order: 12 }, id: `shipped-${order.id}` });
 */
export async function startFlow(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  user_id: string,
  flow_id: string,
  input: StartFlowInput = {},
): Promise<StartedFlow> {
  const { id, ...given } = checkInput(schema, input);
  const { variables } = cleanJson({ variables: given.variables }) as { readonly variables: JsonObject }; // as the schema gives them
  const user = await getUser(context, scope, bot_id, user_id);
  const flow = await getFlow(context, scope, bot_id, flow_id);
  if (!(await getBot(context, scope, bot_id)).is_active)
    throw new BotloomError('CONFLICT', 'The bot is not active, so its flows stand still.');
  if (!flow.is_active) throw inactiveBotError();
  if (user.is_blocked)
    throw new BotloomError(
      'USER_BLOCKED',
      'The person has blocked the bot: Telegram delivers nothing until they start it again.',
    );
  await context.runtime.requireCapacity(bot_id, user.chat_id);
  const places = [{ chat_id: user.chat_id, chat_type: 'private', thread_id: 0 }];
  const record = id === undefined ? null : createCallRecord(bot_id, user_id, id, ['start', flow_id, variables]);
  const { outcomes, is_repeated } = await context.runtime.sendSessionEvent({
    bot_id,
    user_id: user.chat_id,
    places,
    event: { kind: 'start', flow_id, variables },
    record,
  });
  // It was switched off or deleted between the look at it and the commit.
  if (outcomes.some(({ trace }) => trace[0]?.kind === 'flow_missing')) throw inactiveBotError();
  if (outcomes.some(({ trace }) => trace[0]?.kind === 'held'))
    throw new BotloomError('CONFLICT', 'A human has the session: give it back first, then start the flow.');
  return { is_repeated };
}

function inactiveBotError(): BotloomError {
  return new BotloomError('CONFLICT', 'The flow is not active, or it cannot run: nothing starts it.');
}
