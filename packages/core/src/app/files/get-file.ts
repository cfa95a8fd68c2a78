import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import { TelegramApiError, type TelegramFile } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { loadBot } from '../bots/load-bot.ts';
import { telegramFailure } from '../telegram-failure.ts';

/**
 * Streams a file that Telegram stores for the bot. Telegram's own URL would expose the token.
 *
 * @throws BOT_NOT_FOUND, FILE_NOT_FOUND
 * @throws TELEGRAM_FAILED - also for a file of more than 20 MB, which bots cannot download
 *   (https://core.telegram.org/bots/api#getfile)
 */
export async function getFile(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  file_id: string,
): Promise<TelegramFile> {
  const { secrets } = await loadBot(context, scope, bot_id);
  return context.telegram.download(secrets, file_id).catch((error: unknown) => {
    if (isUnknownFile(error)) throw new BotloomError('FILE_NOT_FOUND');
    throw telegramFailure(error, 'The file could not be downloaded');
  });
}

function isUnknownFile(error: unknown): boolean {
  return (
    error instanceof TelegramApiError &&
    (error.error_code === 400 || error.error_code === 404) &&
    !/too big/i.test(error.description)
  );
}
