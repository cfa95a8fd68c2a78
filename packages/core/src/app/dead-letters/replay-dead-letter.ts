import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import type { UpdateResult } from '../../runtime/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';

/**
 * Processes the update of a dead letter again, like any update; a job runs again soon (`queued`). The dead letter
 * leaves the list when that is committed. If it fails again, it returns to the list with the new reason.
 *
 * An interrupted replay can be repeated. Within 48 hours, while processed updates are remembered, the update takes
 * effect once; later it may take effect again.
 *
 * @throws BOT_NOT_FOUND, DEAD_LETTER_NOT_FOUND
 * @throws CONFLICT - for an inactive bot
 * @throws UNAVAILABLE, STORAGE_UNAVAILABLE - the dead letter remains in the list
 */
export async function replayDeadLetter(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: number,
): Promise<UpdateResult | 'queued'> {
  const { storage, runtime } = context;
  const bot = await getBot(context, scope, bot_id);
  if (!bot.is_active)
    throw new BotloomError('CONFLICT', 'The bot is inactive and would discard the update. Activate it first.');
  const letter = await storage.dead_letters.beginReplay(scope, bot_id, id);
  if (letter === null) throw new BotloomError('DEAD_LETTER_NOT_FOUND');
  if (letter.kind === 'job') {
    runtime.wakeJobs();
    return 'queued';
  }
  const result = await runtime.processUpdate(bot_id, letter.payload);
  // Dropped: the bot was deactivated meanwhile.
  if (result !== 'dropped') await storage.dead_letters.endReplay(bot_id, id);
  return result;
}
