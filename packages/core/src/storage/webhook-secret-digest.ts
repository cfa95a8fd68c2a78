import { createHash } from 'node:crypto';

/** SHA-256 in hex: what a job may carry of a webhook secret, to say which one it means (`finish_webhook`). */
export function webhookSecretDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
