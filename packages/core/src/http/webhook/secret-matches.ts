import { timingSafeEqual } from 'node:crypto';
import type { HeaderValue } from '../http-types.ts';
import type { WebhookBot } from './webhook-gate.ts';

/**
 * Whether the header holds the bot's secret, the one it is being changed to or the one it had a moment ago, in a time that does not tell how much of it was right.
 * Lengths are no secret: ours are all of one length. A bot without a secret lets nobody in.
 */
export function secretMatches(
  given: HeaderValue,
  { webhook_secret, pending_webhook_secret, old_webhook_secret }: WebhookBot['secrets'],
): boolean {
  if (typeof given !== 'string' || given === '') return false;
  // Node gives header bytes as latin1, so this is what was sent.
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
