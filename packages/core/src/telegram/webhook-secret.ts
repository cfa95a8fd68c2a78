import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A fresh secret for setWebhook: 64 characters of the alphabet Telegram allows (`A-Z a-z 0-9 _ -`). */
export function createWebhookSecret(): string {
  return randomBytes(48).toString('base64url');
}

/**
 * Whether the header `X-Telegram-Bot-Api-Secret-Token` holds one of the secrets. Takes the same time whatever was given and
 * never throws; a missing or repeated header, and a bot without a secret, is a no.
 *
 * @example
 * matchesWebhookSecret(request.headers['x-telegram-bot-api-secret-token'], [secrets.webhook_secret, secrets.pending_webhook_secret]);
 */
export function matchesWebhookSecret(given: unknown, secrets: readonly (string | null)[]): boolean {
  if (typeof given !== 'string') return false;
  const digest = sha256(given);
  let isMatch = false;
  for (const secret of secrets) {
    // No early end: the time must not tell which of them it was.
    if (secret !== null && secret !== '' && timingSafeEqual(digest, sha256(secret))) isMatch = true;
  }
  return isMatch;
}

/** The SHA-256 of a secret, in hex: a name for it that may be stored in a job. */
export function webhookSecretDigest(secret: string): string {
  return sha256(secret).toString('hex');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
