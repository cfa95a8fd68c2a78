import { isTokenRejected, type BotCredentials } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { telegramFailure } from '../telegram-failure.ts';

/**
 * Asks Telegram to stop sending updates. A token that Telegram no longer accepts (401, 404) has no webhook either.
 *
 * @param force - if true, a failure is only logged
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
      'the webhook could not be removed at Telegram; continuing because of force',
    );
  }
}
