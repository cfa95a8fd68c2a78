import { BotloomError } from '../../errors/index.ts';
import type { Bot, Scope } from '../../model/index.ts';
import type { LoadedBot } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';

/** The bot. Raises BOT_NOT_FOUND. */
export async function findBot({ storage }: AppContext, scope: Scope, id: string): Promise<Bot> {
  const bot = await storage.bots.get(scope, id);
  if (bot === null) throw new BotloomError('BOT_NOT_FOUND');
  return bot;
}

/** The bot with its secrets, straight from storage. Raises BOT_NOT_FOUND. */
export async function loadBot(context: AppContext, scope: Scope, id: string): Promise<LoadedBot> {
  await findBot(context, scope, id);
  const loaded = await context.storage.bots.load(id);
  if (loaded === null) throw new BotloomError('BOT_NOT_FOUND');
  return loaded;
}
