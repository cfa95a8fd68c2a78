import { createHash } from 'node:crypto';
import type { SessionAddress } from '../batch/pending-input.ts';

/** The same for every run of one visit of a step, another for any other visit. Tells nothing of whom it is about. */
export function idempotencyKey({ key }: SessionAddress, token: string): string {
  return createHash('sha256')
    .update(`${key.bot_id}:${key.chat_id}:${key.thread_id}:${key.user_id}:${token}`)
    .digest('hex')
    .slice(0, 32);
}
