import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import { TelegramApiError, type TelegramFile } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { loadBot } from '../bots/load-bot.ts';
import { telegramFailure } from '../telegram-failure.ts';

/**
 * A file that Telegram keeps for the bot, streamed through us: its own address would show the token.
 *
 * @throws BOT_NOT_FOUND; FILE_NOT_FOUND; TELEGRAM_FAILED, also for a file beyond what bots may download (20 MB).
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
    throw telegramFailure(error, 'The file could not be fetched');
  });
}

function isUnknownFile(error: unknown): boolean {
  return (
    error instanceof TelegramApiError &&
    (error.error_code === 400 || error.error_code === 404) &&
    !/too big/i.test(error.description)
  );
}
