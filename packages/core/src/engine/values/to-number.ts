import type { JsonValue } from '../../model/index.ts';

/**
 * Returns a number, also for a text that contains one as JSON or a template writes it (`12`, `-3.5`); null for anything
 * else.
 */
export function toNumber(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,15}(?:\.\d{1,15})?\s*$/.test(value)) return null;
  return Number(value);
}
