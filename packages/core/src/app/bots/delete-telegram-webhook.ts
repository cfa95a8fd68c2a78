import { isTokenRejected, type BotCredentials } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { telegramFailure } from '../telegram-failure.ts';

/**
 * Tells Telegram to send no more updates. A token that Telegram does not take any more (401, 404) has no webhook either.
 *
 * @param force - go on although Telegram cannot be told; it is logged
 * @throws TELEGRAM_FAILED
 */
export async function deleteTelegramWebhook(
  { telegram, logger }: AppContext,
  bot: BotCredentials,
  force: boolean,
): Promise<void> {
  try {
    await telegram.call(bot, 'deleteWebhook', {});
  } catch (error) {
    if (isTokenRejected(error)) return;
    if (!force) throw telegramFailure(error, 'The webhook could not be removed, so nothing was changed');
    logger.warn(
      { bot_id: bot.id, error: error instanceof Error ? error.message : 'unknown' },
      'the webhook could not be removed at Telegram; going on as asked',
    );
  }
}
