import { asciiDigits } from './ascii-digits.ts';

/** A double cannot hold more digits than this. */
const MAX_DIGIT_COUNT = 15;

/**
 * Parses a number as people type it: `12`, `-3`, `+4`, `12.5`, `12,5`, also in Arabic, Persian, Devanagari, Bengali and
 * full-width digits. Returns null for anything else. A comma before exactly three digits is rejected (`1,500`): it is
 * ambiguous. `1e3`, `0x10`, `1 000` and more than fifteen digits are rejected.
 */
export function parseNumber(text: string): number | null {
  const match = /^([+-]?)(\d+)(?:([.,])(\d+))?$/.exec(asciiDigits(text));
  if (match === null) return null;
  const [, sign = '', whole = '', separator, fraction = ''] = match;
  if (separator === ',' && fraction.length === 3) return null;
  if (whole.length + fraction.length > MAX_DIGIT_COUNT) return null;
  const number = Number(`${sign}${whole}.${fraction === '' ? '0' : fraction}`);
  // Avoids minus zero as an answer.
  return number === 0 ? 0 : number;
}
