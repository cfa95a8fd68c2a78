import { BotloomError } from '../../errors/index.ts';
import type { Flow, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';

/**
 * Returns a flow.
 *
 * @throws BOT_NOT_FOUND, FLOW_NOT_FOUND
 */
export async function getFlow(context: AppContext, scope: Scope, bot_id: string, id: string): Promise<Flow> {
  const flow = await context.storage.flows.get(scope, bot_id, id);
  if (flow !== null) return flow;
  await getBot(context, scope, bot_id);
  throw new BotloomError('FLOW_NOT_FOUND');
}
