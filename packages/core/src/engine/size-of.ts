import type { JsonValue } from '../model/index.ts';

/** About how many characters a value takes as JSON; it need not be exact. */
export function sizeOf(value: JsonValue | undefined): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 2;
  for (const [name, member] of Object.entries(value) as [string, JsonValue][]) size += name.length + sizeOf(member); // what JSON is made of
  return size;
}
