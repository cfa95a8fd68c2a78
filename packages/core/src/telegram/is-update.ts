import type { JsonObject } from '../model/index.ts';

/** Deeper than anything Telegram sends, far from where JSON.stringify overflows the stack. */
const MAX_DEPTH = 100;

/**
 * Whether a parsed body counts as an update: an object with a whole `update_id` from 0 on, not nested beyond reason.
 * Anything else is answered with UPDATE_INVALID. What else is in it does not matter: `parseUpdate` copes.
 */
export function isUpdate(value: unknown): value is JsonObject & { readonly update_id: number } {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('update_id' in value)) return false;
  const id = value.update_id;
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 && isShallow(value, MAX_DEPTH);
}

/** Recursive on purpose: it stops at the limit, so that the nesting of the value cannot exhaust the stack. */
function isShallow(value: object, depth: number): boolean {
  if (depth === 0) return false;
  for (const member of membersOf(value)) {
    if (typeof member === 'object' && member !== null && !isShallow(member, depth - 1)) return false;
  }
  return true;
}

/** Object.values types the members of `object` as any. */
function membersOf(value: object): unknown[] {
  return Object.values(value);
}
