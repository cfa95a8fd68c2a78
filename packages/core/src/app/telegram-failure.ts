import { BotloomError } from '../errors/index.ts';
import { TelegramApiError, TelegramNetworkError } from '../telegram/index.ts';

/** Telegram's refusal or silence, as TELEGRAM_FAILED in words for the person who asked. Anything else is given back as it is. */
export function telegramFailure(error: unknown, attempt: string): unknown {
  if (error instanceof TelegramApiError) {
    const retryAfter = error.retry_after === null ? {} : { retryAfter: error.retry_after };
    return new BotloomError(
      'TELEGRAM_FAILED',
      `${attempt}: Telegram answered ${error.error_code} ${error.description}`,
      { ...retryAfter, cause: error },
    );
  }
  if (error instanceof TelegramNetworkError)
    return new BotloomError('TELEGRAM_FAILED', `${attempt}: ${error.message}`, { cause: error });
  return error;
}
