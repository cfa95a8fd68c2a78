import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import type { LoadedBot } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from './get-bot.ts';

/**
 * Returns a bot with its secrets, read from storage.
 *
 * @throws BOT_NOT_FOUND
 */
export async function loadBot(context: AppContext, scope: Scope, id: string): Promise<LoadedBot> {
  await getBot(context, scope, id);
  const loaded = await context.storage.bots.load(id);
  if (loaded === null) throw new BotloomError('BOT_NOT_FOUND');
  return loaded;
}
