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
 * Starts a flow for a user, in their private chat with the bot. The start is processed in a batch like an update, so it
 * never interleaves with a message of the user. Resolves when it is committed; the flow's messages are sent after that.
 *
 * @param input - `variables` that the flow starts with, in addition to its own, up to 50,000 characters of JSON; `id`,
 *   an idempotency key that is valid for two days
 * @throws BOT_NOT_FOUND, USER_NOT_FOUND, FLOW_NOT_FOUND, USER_BLOCKED
 * @throws VALIDATION_FAILED - also at `/id`, when another call had the same ID
 * @throws CONFLICT - for an inactive bot or flow, or while an operator has the session
 * @throws RATE_LIMITED - while too many messages wait to be sent
 * @throws UNAVAILABLE - the call can be repeated
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
  // The schema guarantees the type.
  const { variables } = cleanJson({ variables: given.variables }) as { readonly variables: JsonObject };
  const user = await getUser(context, scope, bot_id, user_id);
  const flow = await getFlow(context, scope, bot_id, flow_id);
  if (!(await getBot(context, scope, bot_id)).is_active)
    throw new BotloomError('CONFLICT', 'The bot is inactive. Activate it first.');
  if (!flow.is_active) throw inactiveBotError();
  if (user.is_blocked)
    throw new BotloomError(
      'USER_BLOCKED',
      'The user has blocked the bot. Telegram delivers no messages until they unblock it.',
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
  // The flow was deactivated or deleted between the check and the commit.
  if (outcomes.some(({ trace }) => trace[0]?.kind === 'flow_missing')) throw inactiveBotError();
  if (outcomes.some(({ trace }) => trace[0]?.kind === 'held'))
    throw new BotloomError(
      'CONFLICT',
      'The session has been handed over to an operator. Give it back before you start a flow.',
    );
  return { is_repeated };
}

function inactiveBotError(): BotloomError {
  return new BotloomError('CONFLICT', 'The flow is inactive or cannot run, so it cannot be started.');
}
