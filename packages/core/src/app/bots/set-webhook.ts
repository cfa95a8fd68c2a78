import { BotloomError } from '../../errors/index.ts';
import type { Bot, Scope } from '../../model/index.ts';
import { webhookSecretDigest } from '../../storage/index.ts';
import { createWebhookSecret, SUBSCRIBED_KINDS } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { telegramFailure } from '../telegram-failure.ts';
import { loadBot } from './find-bot.ts';

/** Updates that Telegram has under way with the old secret arrive within this time. Milliseconds. */
const OLD_SECRET_LIFE = 60_000;

/**
 * Has Telegram send the bot's updates to `{public URL}/api/webhook/{id}` with a fresh secret. The old secret is accepted for a minute more.
 *
 * @throws BOT_NOT_FOUND; PUBLIC_URL_MISSING without a public HTTPS address; CONFLICT for an inactive bot; TELEGRAM_FAILED.
 */
export function setWebhook(context: AppContext, scope: Scope, id: string): Promise<Bot> {
  return context.webhookLock(id, () => registerWebhook(context, scope, id));
}

/** `setWebhook` for a caller that has the bot's lock. */
export async function registerWebhook(context: AppContext, scope: Scope, id: string): Promise<Bot> {
  const { storage, telegram, runtime, clock } = context;
  const { bot, secrets } = await loadBot(context, scope, id);
  if (!bot.is_active) throw new BotloomError('CONFLICT', 'The bot is not active: activate it before setting its webhook.');
  const url = `${publicAddress(context)}/api/webhook/${id}`;
  const secret = createWebhookSecret();
  await storage.bots.stageWebhookSecret(scope, id, secret);
  runtime.invalidateBot(id);
  const parameters = { url, secret_token: secret, allowed_updates: SUBSCRIBED_KINDS, max_connections: bot.settings.max_connections ?? 40 };
  await telegram.call(secrets, 'setWebhook', parameters).catch((error: unknown) => {
    throw telegramFailure(error, 'The webhook could not be set');
  });
  const staged = await storage.bots.load(id);
  // Another instance changed it meanwhile: which of the two Telegram has is not certain, so neither may be confirmed by us.
  if (staged?.secrets.pending_webhook_secret !== secret) throw new BotloomError('CONFLICT', 'The webhook was changed by somebody else at the same time: set it again.');
  const confirmed = await storage.bots.confirmWebhook(scope, id, url);
  const secret_digest = webhookSecretDigest(secret);
  await storage.jobs.add([
    { bot_id: id, kind: 'drop_old_webhook_secret', payload: { secret_digest }, due_at: clock.now() + OLD_SECRET_LIFE, key: `drop_old_webhook_secret:${id}:${secret_digest}` },
  ]);
  runtime.invalidateBot(id);
  runtime.wakeJobs();
  return confirmed;
}

function publicAddress({ publicUrl, allowInsecureWebhooks }: AppContext): string {
  if (publicUrl === null) {
    throw new BotloomError('PUBLIC_URL_MISSING', 'Telegram must be told an address: set publicUrl to the public HTTPS address of the mount, or use polling.');
  }
  if (!publicUrl.startsWith('https:') && !allowInsecureWebhooks) {
    throw new BotloomError('PUBLIC_URL_MISSING', `Telegram sends updates to HTTPS addresses only, and publicUrl is ${publicUrl}.`);
  }
  return publicUrl;
}
