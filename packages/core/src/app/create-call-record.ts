import { createHash } from 'node:crypto';
import type { JsonValue } from '../model/index.ts';
import type { IdempotencyRecord } from '../runtime/index.ts';

/** Returns the idempotency record of a call: a key of its user and ID, and a fingerprint of its content. */
export function createCallRecord(
  bot_id: string,
  user_id: string,
  id: string,
  content: readonly JsonValue[],
): IdempotencyRecord {
  return { key: `call:${bot_id}:${hash([user_id, id])}`, fingerprint: hash(content) };
}

function hash(parts: readonly JsonValue[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
