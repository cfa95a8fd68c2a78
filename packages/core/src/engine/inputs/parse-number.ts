import { asciiDigits } from './ascii-digits.ts';

/** More digits than this a double cannot hold. */
const MOST_DIGITS = 15;

/**
 * A number as a person types it: `12`, `-3`, `+4`, `12.5`, `12,5`, also in Arabic, Persian, Devanagari, Bengali and full-width digits.
 * Null for anything else. A comma before exactly three digits is refused (`1,500`): it may be meant either way. `1e3`, `0x10`,
 * `1 000` and more than fifteen digits are refused.
 */
export function parseNumber(text: string): number | null {
  const match = /^([+-]?)(\d+)(?:([.,])(\d+))?$/.exec(asciiDigits(text));
  if (match === null) return null;
  const [, sign = '', whole = '', separator, fraction = ''] = match;
  if (separator === ',' && fraction.length === 3) return null;
  if (whole.length + fraction.length > MOST_DIGITS) return null;
  const number = Number(`${sign}${whole}.${fraction === '' ? '0' : fraction}`);
  // Minus zero is no answer that anybody means.
  return number === 0 ? 0 : number;
}
