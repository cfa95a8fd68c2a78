import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { deleteTelegramWebhook } from './delete-telegram-webhook.ts';
import { loadBot } from './load-bot.ts';
import { mayHaveWebhook, type ForceOption } from './update-bot.ts';

/**
 * Removes the webhook and then the bot: it is gone at once, its rows by a job of storage's a minute later.
 *
 * @throws BOT_NOT_FOUND; TELEGRAM_FAILED (and then nothing has changed) unless forced.
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
