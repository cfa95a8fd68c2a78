import { randomBytes } from 'node:crypto';

/** Creates a secret for setWebhook: 64 of the characters that Telegram allows (`A-Z a-z 0-9 _ -`). */
export function createWebhookSecret(): string {
  return randomBytes(48).toString('base64url');
}
