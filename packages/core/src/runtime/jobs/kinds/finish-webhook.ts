import { z } from 'zod';
import { webhookSecretDigest } from '../../../storage/index.ts';
import { SUBSCRIBED_KINDS, TelegramApiError } from '../../../telegram/index.ts';
import { confirmWebhook } from '../confirm-webhook.ts';
import type { JobHandler } from '../job-handler.ts';

const payload = z.object({ secret_digest: z.string(), url: z.string(), max_connections: z.number() });

/** Updates that Telegram has sent with the old secret arrive within this time. Milliseconds. */
export const OLD_SECRET_GRACE_MS = 60_000;

/**
 * Runs a minute after the start of a webhook change: the old secret is not accepted any more. Calls setWebhook again
 * with the same secret, for two reasons. If the process ended before it could store that Telegram has the new secret,
 * Telegram may have it or not. And a slow call of an earlier change may have reached Telegram last.
 */
export const finishWebhook: JobHandler = async (job, deps) => {
  const { storage, bots, telegram, clock } = deps;
  const { secret_digest, url, max_connections } = payload.parse(job.payload);
  const loaded = job.bot_id === null ? null : await storage.bots.load(job.bot_id);
  if (loaded === null) return { kind: 'done' };
  const { bot, secrets } = loaded;
  const matchesDigest = (secret: string | null): secret is string =>
    secret !== null && webhookSecretDigest(secret) === secret_digest;
  const isPending = matchesDigest(secrets.pending_webhook_secret);
  if (!isPending) {
    if (!bot.is_webhook_set || !matchesDigest(secrets.webhook_secret)) return { kind: 'done' };
    await storage.bots.dropOldWebhookSecret(bot.id, secret_digest);
    bots.invalidate(bot.id);
  }
  const webhook = { secret_digest, url: isPending ? url : (bot.webhook_url ?? url) };
  try {
    await telegram.call(secrets, 'setWebhook', {
      url: webhook.url,
      secret_token: isPending ? secrets.pending_webhook_secret : secrets.webhook_secret,
      allowed_updates: SUBSCRIBED_KINDS,
      max_connections,
    });
  } catch (error) {
    // The token was revoked, or Telegram rejects the address: no update arrives with the secret, and no caller waits
    // for the change.
    if (!(error instanceof TelegramApiError) || error.error_code === 429 || error.error_code >= 500) throw error;
    return { kind: 'done' };
  }
  const confirmed = await confirmWebhook(deps, { owner: null }, secrets, webhook);
  bots.invalidate(bot.id);
  return isPending && confirmed !== null
    ? { kind: 'again', due_at: clock.now() + OLD_SECRET_GRACE_MS, reason: 'the old secret is accepted for a while' }
    : { kind: 'done' };
};
