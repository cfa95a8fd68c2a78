import type { JsonValue } from '../../model/index.ts';

/** `Array.isArray` does not know read-only arrays. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
