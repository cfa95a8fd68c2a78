import { createHash } from 'node:crypto';
import type { SessionAddress } from '../batch/pending-input.ts';

/**
 * Returns a key that is identical for every run of one visit of a step, and different for any other visit. It does not
 * reveal the user.
 */
export function idempotencyKey({ key }: SessionAddress, token: string): string {
  return createHash('sha256')
    .update(`${key.bot_id}:${key.chat_id}:${key.thread_id}:${key.user_id}:${token}`)
    .digest('hex')
    .slice(0, 32);
}
