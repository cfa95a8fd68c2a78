import { isList } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';

/** Returns the approximate number of characters of a value as JSON. */
export function jsonLength(value: JsonValue | undefined): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (isList(value)) return value.reduce<number>((sum, item) => sum + jsonLength(item), 2);
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + jsonLength(member), 2);
}
