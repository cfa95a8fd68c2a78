import { randomBytes } from 'node:crypto';

/** A fresh secret for setWebhook: 64 characters of the alphabet Telegram allows (`A-Z a-z 0-9 _ -`). */
export function createWebhookSecret(): string {
  return randomBytes(48).toString('base64url');
}
