import type { JsonObject } from '../model/index.ts';

/** Deeper than anything that Telegram sends, and far below the depth at which JSON.stringify overflows the stack. */
const MAX_DEPTH = 100;

/**
 * True if a parsed body is an update: an object with an integer `update_id` from 0, not nested too deep. Anything else
 * is rejected with UPDATE_INVALID. The other members need no check: `parseUpdate` accepts any.
 */
export function isUpdate(value: unknown): value is JsonObject & { readonly update_id: number } {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('update_id' in value)) return false;
  const id = value.update_id;
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 && isShallow(value, MAX_DEPTH);
}

/** Recursive on purpose: it stops at the limit, so the nesting of the value cannot overflow the stack. */
function isShallow(value: object, depth: number): boolean {
  if (depth === 0) return false;
  for (const member of membersOf(value)) {
    if (typeof member === 'object' && member !== null && !isShallow(member, depth - 1)) return false;
  }
  return true;
}

/** Object.values would type the members of `object` as any. */
function membersOf(value: object): unknown[] {
  return Object.values(value);
}
