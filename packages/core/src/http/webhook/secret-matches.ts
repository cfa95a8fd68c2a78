import { timingSafeEqual } from 'node:crypto';
import type { HeaderValue } from '../http-types.ts';
import type { WebhookBot } from './webhook-gate.ts';

/**
 * True if the header contains the bot's current, pending or previous secret. The comparison takes constant time.
 * Lengths are not secret: all secrets of Botloom have the same length. A bot without a secret accepts no request.
 */
export function secretMatches(
  given: HeaderValue,
  { webhook_secret, pending_webhook_secret, old_webhook_secret }: WebhookBot['secrets'],
): boolean {
  if (typeof given !== 'string' || given === '') return false;
  // Node decodes header bytes as latin1, so these are the bytes that were sent.
  const bytes = Buffer.from(given, 'latin1');
  const matches = [webhook_secret, pending_webhook_secret, old_webhook_secret].map(
    (secret) => secret !== null && equals(bytes, secret),
  );
  return matches.includes(true);
}

function equals(given: Buffer, secret: string): boolean {
  const bytes = Buffer.from(secret, 'latin1');
  return bytes.length === given.length && bytes.length > 0 && timingSafeEqual(bytes, given);
}
