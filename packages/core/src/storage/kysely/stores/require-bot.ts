import { BotloomError } from '../../../errors/index.ts';
import type { Scope } from '../../../model/index.ts';
import type { Database } from '../database.ts';
import { isUuid } from '../rows/values.ts';

/** Whether the scope sees this bot: it exists, is not deleted, and is the owner's. */
export async function isBotVisible({ db }: Pick<Database, 'db'>, scope: Scope, bot_id: string): Promise<boolean> {
  if (!isUuid(bot_id)) return false;
  let query = db.selectFrom('botloom_bot').select('id').where('id', '=', bot_id).where('deleted_at', 'is', null);
  if (scope.owner !== null) query = query.where('owner', '=', scope.owner);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Raises BOT_NOT_FOUND unless the scope sees this bot. */
export async function requireBot(database: Pick<Database, 'db'>, scope: Scope, bot_id: string): Promise<void> {
  if (!(await isBotVisible(database, scope, bot_id))) throw botNotFound(bot_id);
}

export function botNotFound(id: string): BotloomError {
  return new BotloomError('BOT_NOT_FOUND', `There is no bot ${id}.`);
}
