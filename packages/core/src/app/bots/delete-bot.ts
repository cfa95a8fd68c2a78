import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { deleteTelegramWebhook } from './delete-telegram-webhook.ts';
import { loadBot } from './load-bot.ts';
import { mayHaveWebhook, type ForceOption } from './update-bot.ts';

/**
 * Removes the webhook and then the bot. The bot disappears at once; a job of storage deletes its rows a minute later.
 *
 * @throws BOT_NOT_FOUND
 * @throws TELEGRAM_FAILED - when the webhook could not be removed and `force` is not set; nothing has changed then
 */
export function deleteBot(
  context: AppContext,
  scope: Scope,
  id: string,
  { force = false }: ForceOption = {},
): Promise<void> {
  return context.webhookLock(id, async () => {
    const loaded = await loadBot(context, scope, id);
    if (mayHaveWebhook(loaded)) await deleteTelegramWebhook(context, loaded.secrets, force);
    await context.storage.bots.delete(scope, id);
    context.runtime.invalidateBot(id);
  });
}
