import { BotloomError } from '../../../errors/index.ts';
import type { Scope } from '../../../model/index.ts';
import type { Database } from '../database.ts';
import { isUuid } from '../rows/values.ts';

/** Returns true if the bot exists, is not deleted and belongs to the scope. */
export async function isBotVisible({ db }: Pick<Database, 'db'>, scope: Scope, bot_id: string): Promise<boolean> {
  if (!isUuid(bot_id)) return false;
  let query = db.selectFrom('botloom_bot').select('id').where('id', '=', bot_id).where('deleted_at', 'is', null);
  if (scope.owner !== null) query = query.where('owner', '=', scope.owner);
  return (await query.executeTakeFirst()) !== undefined;
}

/** @throws BOT_NOT_FOUND - when the scope has no such bot */
export async function requireBot(database: Pick<Database, 'db'>, scope: Scope, bot_id: string): Promise<void> {
  if (!(await isBotVisible(database, scope, bot_id))) throw botNotFound(bot_id);
}

export function botNotFound(id: string): BotloomError {
  return new BotloomError('BOT_NOT_FOUND', `Bot ${id} does not exist.`);
}
