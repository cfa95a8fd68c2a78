import { BotloomError } from '../errors/index.ts';
import { TelegramApiError, TelegramNetworkError } from '../telegram/index.ts';

/**
 * Converts an error of Telegram or the network to TELEGRAM_FAILED with a message for the caller. Returns any other
 * error unchanged.
 */
export function telegramFailure(error: unknown, attempt: string): unknown {
  if (error instanceof TelegramApiError) {
    const retryAfter = error.retry_after === null ? {} : { retryAfter: error.retry_after };
    return new BotloomError(
      'TELEGRAM_FAILED',
      `${attempt}: Telegram responded with ${error.error_code} ${error.description}`,
      { ...retryAfter, cause: error },
    );
  }
  if (error instanceof TelegramNetworkError)
    return new BotloomError('TELEGRAM_FAILED', `${attempt}: ${error.message}`, { cause: error });
  return error;
}
