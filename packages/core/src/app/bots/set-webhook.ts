import { BotloomError } from '../../errors/index.ts';
import type { Bot, Scope } from '../../model/index.ts';
import { confirmWebhook, OLD_SECRET_GRACE_MS } from '../../runtime/index.ts';
import { webhookSecretDigest } from '../../storage/index.ts';
import { createWebhookSecret, SUBSCRIBED_KINDS, TelegramApiError } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { telegramFailure } from '../telegram-failure.ts';
import { loadBot } from './load-bot.ts';

/**
 * Has Telegram send the bot's updates to `{public URL}/api/webhook/{id}` with a fresh secret. The old secret is accepted for a minute more.
 * When Telegram's answer does not come, or this process ends meanwhile, the change is finished a minute later.
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
  if (!bot.is_active)
    throw new BotloomError('CONFLICT', 'The bot is not active: activate it before setting its webhook.');
  const url = `${publicAddress(context)}/api/webhook/${id}`;
  const { secret, is_new } = await storage.bots.stageWebhookSecret(scope, id, createWebhookSecret());
  runtime.invalidateBot(id);
  const secret_digest = webhookSecretDigest(secret);
  const max_connections = bot.settings.max_connections ?? 40;
  // Stored before Telegram hears of it: if this process ends in between, the job finishes what was begun.
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
    // Refused, and Telegram has not heard of it before: nothing has changed.
    if (is_new && error instanceof TelegramApiError && error.error_code < 500)
      await storage.bots.unstageWebhookSecret(id, secret_digest);
    throw telegramFailure(error, 'The webhook could not be set');
  }
  const confirmed = await confirmWebhook(context, scope, secrets, { secret_digest, url });
  runtime.invalidateBot(id);
  runtime.wakeJobs();
  // By another instance. A change of theirs is what Telegram is told a minute after it, so that it is in force then at the latest.
  if (confirmed === null)
    throw new BotloomError(
      'CONFLICT',
      'The webhook was changed or removed by somebody else at the same time: look at the bot, and set it again if it is to be set.',
    );
  return confirmed;
}

function publicAddress({ publicUrl, allowInsecureWebhooks }: AppContext): string {
  if (publicUrl === null) {
    throw new BotloomError(
      'PUBLIC_URL_MISSING',
      'Telegram must be told an address: set publicUrl to the public HTTPS address of the mount, or use polling.',
    );
  }
  if (!publicUrl.startsWith('https:') && !allowInsecureWebhooks) {
    throw new BotloomError(
      'PUBLIC_URL_MISSING',
      `Telegram sends updates to HTTPS addresses only, and publicUrl is ${publicUrl}.`,
    );
  }
  return publicUrl;
}
