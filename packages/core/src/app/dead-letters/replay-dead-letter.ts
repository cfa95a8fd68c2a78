import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import type { UpdateResult } from '../../runtime/index.ts';
import type { DeadLetter } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';
import { findBot } from '../bots/find-bot.ts';

/**
 * Processes a dead letter's update once more, by the way every update goes; a job runs again soon (`queued`). It leaves the list; fails it again, it comes back
 * with the new reason.
 *
 * @throws BOT_NOT_FOUND, DEAD_LETTER_NOT_FOUND; CONFLICT for an inactive bot; UNAVAILABLE, and then it is in the list again.
 */
export async function replayDeadLetter(context: AppContext, scope: Scope, bot_id: string, id: number): Promise<UpdateResult | 'queued'> {
  const { storage, runtime } = context;
  const bot = await findBot(context, scope, bot_id);
  if (!bot.is_active) throw new BotloomError('CONFLICT', 'The bot is not active and would drop the update.');
  const letter = await storage.dead_letters.takeForReplay(scope, bot_id, id);
  if (letter === null) throw new BotloomError('DEAD_LETTER_NOT_FOUND');
  if (letter.kind === 'job') {
    runtime.wakeJobs();
    return 'queued';
  }
  try {
    return await runtime.processUpdate(bot_id, letter.payload);
  } catch (error) {
    await putBack(context, bot_id, letter);
    throw error;
  }
}

async function putBack({ storage }: AppContext, bot_id: string, { update_id, payload, reason }: DeadLetter): Promise<void> {
  if (update_id !== null) await storage.dead_letters.add({ bot_id, update_id, payload, reason });
}
