import { z } from 'zod';
import { webhookSecretDigest } from '../../storage/index.ts';
import { SUBSCRIBED_KINDS, TelegramApiError } from '../../telegram/index.ts';
import type { JobHandler } from './job-kinds.ts';

const payload = z.object({ secret_digest: z.string(), url: z.string(), max_connections: z.number() });

/** Updates that Telegram has under way with the old secret arrive within this time. Milliseconds. */
export const OLD_SECRET_LIFE = 60_000;

/**
 * A minute after a change of a webhook began: the old secret is not accepted any more. If the process ended before it could store that
 * Telegram has the new one, Telegram is told once more, with the same secret: it may have it or not.
 */
export const finishWebhook: JobHandler = async (job, { storage, bots, telegram, clock }) => {
  const { secret_digest, url, max_connections } = payload.parse(job.payload);
  const loaded = job.bot_id === null ? null : await storage.bots.load(job.bot_id);
  if (loaded === null) return { kind: 'done' };
  const { bot, secrets } = loaded;
  const pending = secrets.pending_webhook_secret;
  if (pending === null || webhookSecretDigest(pending) !== secret_digest) {
    await storage.bots.dropOldWebhookSecret(bot.id, secret_digest);
    bots.forget(bot.id);
    return { kind: 'done' };
  }
  try {
    await telegram.call(secrets, 'setWebhook', { url, secret_token: pending, allowed_updates: SUBSCRIBED_KINDS, max_connections });
  } catch (error) {
    // A token that is dead, or an address that Telegram does not take: no update comes with the pending secret, and nobody waits for the change.
    if (!(error instanceof TelegramApiError) || error.error_code === 429 || error.error_code >= 500) throw error;
    return { kind: 'done' };
  }
  await storage.bots.confirmWebhook({ owner: null }, bot.id, url);
  bots.forget(bot.id);
  return { kind: 'again', due_at: clock.now() + OLD_SECRET_LIFE, reason: 'the old secret is accepted for a while' };
};
