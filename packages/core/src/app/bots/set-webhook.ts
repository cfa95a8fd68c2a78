import { BotloomError } from '../../errors/index.ts';
import type { Bot, Scope } from '../../model/index.ts';
import { confirmWebhook, OLD_SECRET_GRACE_MS } from '../../runtime/index.ts';
import { webhookSecretDigest } from '../../storage/index.ts';
import { createWebhookSecret, SUBSCRIBED_KINDS, TelegramApiError } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { telegramFailure } from '../telegram-failure.ts';
import { loadBot } from './load-bot.ts';

/**
 * Asks Telegram to send the bot's updates to `{public URL}/api/webhook/{id}` with a new secret. The old secret is
 * accepted for one more minute. If Telegram does not respond, or this process ends meanwhile, a job finishes the change
 * a minute later.
 *
 * @throws BOT_NOT_FOUND, TELEGRAM_FAILED
 * @throws PUBLIC_URL_MISSING - without a public HTTPS URL
 * @throws CONFLICT - for an inactive bot, or when another instance changes the webhook at the same time
 */
export function setWebhook(context: AppContext, scope: Scope, id: string): Promise<Bot> {
  return context.webhookLock(id, () => registerWebhook(context, scope, id));
}

/** Like `setWebhook`, for a caller that holds the bot's webhook lock. */
export async function registerWebhook(context: AppContext, scope: Scope, id: string): Promise<Bot> {
  const { storage, telegram, runtime, clock } = context;
  const { bot, secrets } = await loadBot(context, scope, id);
  if (!bot.is_active)
    throw new BotloomError('CONFLICT', 'The bot is inactive. Activate it before you set its webhook.');
  const url = `${publicAddress(context)}/api/webhook/${id}`;
  const { secret, is_new } = await storage.bots.stageWebhookSecret(scope, id, createWebhookSecret());
  runtime.invalidateBot(id);
  const secret_digest = webhookSecretDigest(secret);
  const max_connections = bot.settings.max_connections ?? 40;
  // Stored before Telegram is called: if this process ends in between, the job finishes the change.
  await storage.jobs.add([
    {
      bot_id: id,
      kind: 'finish_webhook',
      payload: { secret_digest, url, max_connections },
      due_at: clock.now() + OLD_SECRET_GRACE_MS,
      key: `finish_webhook:${id}:${secret_digest}`,
    },
  ]);
  try {
    await telegram.call(secrets, 'setWebhook', {
      url,
      secret_token: secret,
      allowed_updates: SUBSCRIBED_KINDS,
      max_connections,
    });
  } catch (error) {
    // Telegram refused the new secret and had not received it before: nothing has changed.
    if (is_new && error instanceof TelegramApiError && error.error_code < 500)
      await storage.bots.unstageWebhookSecret(id, secret_digest);
    throw telegramFailure(error, 'The webhook could not be set');
  }
  const confirmed = await confirmWebhook(context, scope, secrets, { secret_digest, url });
  runtime.invalidateBot(id);
  runtime.wakeJobs();
  // Changed by another instance. Its change is sent to Telegram again a minute after it, so it takes effect then at the
  // latest.
  if (confirmed === null)
    throw new BotloomError(
      'CONFLICT',
      'The webhook was changed or removed at the same time by another call. Check the bot, and set the ' +
        'webhook again if needed.',
    );
  return confirmed;
}

function publicAddress({ publicUrl, allowInsecureWebhooks }: AppContext): string {
  if (publicUrl === null) {
    throw new BotloomError(
      'PUBLIC_URL_MISSING',
      'A webhook needs a public URL: set the option publicUrl to the HTTPS URL of the mount, or use polling.',
    );
  }
  if (!publicUrl.startsWith('https:') && !allowInsecureWebhooks) {
    throw new BotloomError(
      'PUBLIC_URL_MISSING',
      `Telegram sends updates only to HTTPS URLs, and the option publicUrl is ${publicUrl}.`,
    );
  }
  return publicUrl;
}
