import { createHash } from 'node:crypto';

/**
 * Returns the SHA-256 of a webhook secret, in hexadecimal. A `finish_webhook` job contains it instead of the secret.
 */
export function webhookSecretDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
