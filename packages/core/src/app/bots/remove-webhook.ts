import type { Bot, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { deleteTelegramWebhook } from './delete-telegram-webhook.ts';
import { loadBot } from './load-bot.ts';

/**
 * Asks Telegram to stop sending updates.
 *
 * @throws BOT_NOT_FOUND
 * @throws TELEGRAM_FAILED - nothing has changed then
 */
export function removeWebhook(context: AppContext, scope: Scope, id: string): Promise<Bot> {
  return context.webhookLock(id, async () => {
    const { secrets } = await loadBot(context, scope, id);
    await deleteTelegramWebhook(context, secrets, false);
    const bot = await context.storage.bots.clearWebhook(scope, id);
    context.runtime.invalidateBot(id);
    return bot;
  });
}
