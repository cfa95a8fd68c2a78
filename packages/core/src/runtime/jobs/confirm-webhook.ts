import { errorMessage, isBotloomError } from '../../errors/index.ts';
import type { Bot, Scope } from '../../model/index.ts';
import type { Logger } from '../../ports/index.ts';
import type { Storage } from '../../storage/index.ts';
import { isTokenRejected, type BotCredentials, type TelegramApi } from '../../telegram/index.ts';

export interface RegisteredWebhook {
  readonly secret_digest: string;
  readonly url: string;
}

interface ConfirmWebhookDeps {
  readonly storage: Storage;
  readonly telegram: TelegramApi;
  readonly logger: Logger;
}

/**
 * Records that Telegram has accepted a webhook. If the webhook or the bot was removed meanwhile, the webhook is deleted
 * at Telegram again, because the order in which Telegram received the two calls is unknown.
 *
 * @returns null if it was removed or changed meanwhile. After a change, the job of that change calls Telegram again.
 */
export async function confirmWebhook(
  { storage, telegram, logger }: ConfirmWebhookDeps,
  scope: Scope,
  bot: BotCredentials,
  { secret_digest, url }: RegisteredWebhook,
): Promise<Bot | null> {
  const confirmed = await storage.bots.confirmWebhook(scope, bot.id, secret_digest, url).catch((error: unknown) => {
    if (isBotloomError(error) && error.code === 'BOT_NOT_FOUND') return null;
    throw error;
  });
  if (confirmed !== null) return confirmed;
  const current = await storage.bots.load(bot.id);
  const isRemoved =
    current === null || (!current.bot.is_webhook_set && current.secrets.pending_webhook_secret === null);
  if (isRemoved) {
    await telegram.call(bot, 'deleteWebhook', {}).catch((error: unknown) => {
      if (!isTokenRejected(error))
        logger.warn(
          { bot_id: bot.id, error: errorMessage(error) },
          'a webhook was set and removed at the same time; Telegram may still send updates, so remove it again',
        );
    });
  }
  return null;
}
