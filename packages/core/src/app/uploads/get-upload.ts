import { BotloomError } from '../../errors/index.ts';
import type { Scope, Upload } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';

/**
 * Returns the record of an upload.
 *
 * @throws BOT_NOT_FOUND, UPLOAD_NOT_FOUND
 */
export async function getUpload(context: AppContext, scope: Scope, bot_id: string, id: string): Promise<Upload> {
  const upload = await context.storage.uploads.get(scope, bot_id, id);
  if (upload !== null) return upload;
  await getBot(context, scope, bot_id);
  throw new BotloomError('UPLOAD_NOT_FOUND', `The bot has no upload ${id}.`);
}
