import type { JsonValue } from '../../model/index.ts';
import { readTime } from './read-time.ts';
import { toNumber } from './to-number.ts';

export interface CompareOptions {
  readonly ignore_case: boolean;
}

/**
 * True if two values are equal. A text of a template or a person is compared as the number or boolean that it contains.
 */
export function isEqual(given: JsonValue, wanted: JsonValue, how: CompareOptions): boolean {
  if (typeof given === 'string' && typeof wanted === 'string')
    return how.ignore_case ? given.toLowerCase() === wanted.toLowerCase() : given === wanted;
  if (typeof given === 'number' || typeof wanted === 'number') {
    const number = toNumber(given);
    return number !== null && number === toNumber(wanted);
  }
  if (typeof given === 'boolean' || typeof wanted === 'boolean') return toBoolean(given) === toBoolean(wanted);
  if (given === null || wanted === null) return given === wanted;
  return JSON.stringify(given) === JSON.stringify(wanted);
}

/**
 * Returns a number below, equal to or above zero if the first value is less, equal or greater: numbers, then dates,
 * then texts. Null: they have no order.
 */
export function compare(given: JsonValue, wanted: JsonValue, { ignore_case }: CompareOptions): number | null {
  const [number, other] = [toNumber(given), toNumber(wanted)];
  if (number !== null && other !== null) return number - other;
  const [time, otherTime] = [readTime(given), readTime(wanted)];
  if (time !== null && otherTime !== null) return time - otherTime;
  if (typeof given !== 'string' || typeof wanted !== 'string') return null;
  const [a, b] = ignore_case ? [given.toLowerCase(), wanted.toLowerCase()] : [given, wanted];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function toBoolean(value: JsonValue): JsonValue {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}
