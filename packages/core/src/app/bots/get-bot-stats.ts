import { z } from 'zod';
import { DAY_MS, type BotStats, type Scope, type WebhookHealth } from '../../model/index.ts';
import type { LoadedBot } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';
import { loadBot } from './load-bot.ts';

const WEBHOOK_INFO_TIMEOUT_MS = 5_000;

const webhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.number().int(),
  last_error_date: z.number().int().optional(),
  last_error_message: z.string().optional(),
});

/**
 * Returns the counters of a bot and the health of its webhook. If Telegram cannot be reached, `webhook_error` has the
 * reason.
 *
 * @throws BOT_NOT_FOUND
 */
export async function getBotStats(context: AppContext, scope: Scope, id: string): Promise<BotStats> {
  const { storage, clock } = context;
  const loaded = await loadBot(context, scope, id);
  const now = clock.now();
  const since = (days: number): Promise<number> => storage.users.countActive(id, now - days * DAY_MS);
  const [day, week, month, counts, health] = await Promise.all([
    since(1),
    since(7),
    since(30),
    storage.messages.counts(id, new Date(now - 29 * DAY_MS).toISOString().slice(0, 10)),
    readWebhookHealth(context, loaded),
  ]);
  return {
    user_count: loaded.bot.user_count,
    request_count: loaded.bot.request_count,
    active_users: { day, week, month },
    messages: { incoming: counts.incoming, outgoing: counts.outgoing },
    messages_by_day: counts.days.map((counted) => ({ ...counted })),
    last_activity: counts.last_activity,
    ...health,
  };
}

async function readWebhookHealth(
  { telegram }: AppContext,
  { bot, secrets }: LoadedBot,
): Promise<{ webhook: WebhookHealth | null; webhook_error: string | null }> {
  try {
    const info = webhookInfo.parse(
      await telegram.call(secrets, 'getWebhookInfo', {}, { timeout: WEBHOOK_INFO_TIMEOUT_MS }),
    );
    const webhook = {
      url: info.url,
      is_ours: bot.is_webhook_set && info.url === bot.webhook_url,
      pending_update_count: info.pending_update_count,
      last_error_at: info.last_error_date === undefined ? null : new Date(info.last_error_date * 1000).toISOString(),
      last_error_message: info.last_error_message ?? null,
    };
    return { webhook, webhook_error: null };
  } catch (error) {
    return { webhook: null, webhook_error: webhookError(error) };
  }
}

function webhookError(error: unknown): string {
  if (error instanceof z.ZodError) return 'Unexpected response from Telegram to getWebhookInfo';
  return error instanceof Error ? error.message : 'unknown';
}
