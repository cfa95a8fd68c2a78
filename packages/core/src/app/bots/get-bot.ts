import { BotloomError } from '../../errors/index.ts';
import type { Bot, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';

/**
 * Returns a bot.
 *
 * @throws BOT_NOT_FOUND
 */
export async function getBot({ storage }: AppContext, scope: Scope, id: string): Promise<Bot> {
  const bot = await storage.bots.get(scope, id);
  if (bot === null) throw new BotloomError('BOT_NOT_FOUND');
  return bot;
}
