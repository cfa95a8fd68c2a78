import { BotloomError } from '../../errors/index.ts';
import type { BotUser, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';

/**
 * Returns a user of a bot.
 *
 * @throws BOT_NOT_FOUND, USER_NOT_FOUND
 */
export async function getUser(context: AppContext, scope: Scope, bot_id: string, id: string): Promise<BotUser> {
  const user = await context.storage.users.get(scope, bot_id, id);
  if (user !== null) return user;
  await getBot(context, scope, bot_id);
  throw new BotloomError('USER_NOT_FOUND');
}
