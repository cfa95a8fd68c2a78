import type { Bot, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { deleteTelegramWebhook } from './delete-telegram-webhook.ts';
import { loadBot } from './load-bot.ts';

/** Has Telegram send no more updates. Raises BOT_NOT_FOUND, TELEGRAM_FAILED (and then nothing has changed). */
export function removeWebhook(context: AppContext, scope: Scope, id: string): Promise<Bot> {
  return context.webhookLock(id, async () => {
    const { secrets } = await loadBot(context, scope, id);
    await deleteTelegramWebhook(context, secrets, false);
    const bot = await context.storage.bots.clearWebhook(scope, id);
    context.runtime.invalidateBot(id);
    return bot;
  });
}
