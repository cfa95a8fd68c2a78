import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import type { UpdateResult } from '../../runtime/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';

/**
 * Processes a dead letter's update once more, by the way every update goes; a job runs again soon (`queued`). It leaves the list when that is committed; fails it
 * again, it comes back with the new reason. A replay that breaks off can be repeated within
 * 48 hours, as long as updates are known to have been processed, and the update takes effect once; later it may take effect again.
 *
 * @throws BOT_NOT_FOUND, DEAD_LETTER_NOT_FOUND; CONFLICT for an inactive bot; UNAVAILABLE, STORAGE_UNAVAILABLE: the letter stays in the list.
 */
export async function replayDeadLetter(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: number,
): Promise<UpdateResult | 'queued'> {
  const { storage, runtime } = context;
  const bot = await getBot(context, scope, bot_id);
  if (!bot.is_active) throw new BotloomError('CONFLICT', 'The bot is not active and would drop the update.');
  const letter = await storage.dead_letters.beginReplay(scope, bot_id, id);
  if (letter === null) throw new BotloomError('DEAD_LETTER_NOT_FOUND');
  if (letter.kind === 'job') {
    runtime.wakeJobs();
    return 'queued';
  }
  const result = await runtime.processUpdate(bot_id, letter.payload);
  // Dropped: the bot was switched off just now.
  if (result !== 'dropped') await storage.dead_letters.endReplay(bot_id, id);
  return result;
}
