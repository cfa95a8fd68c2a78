import { REJECTED, type ReadResult } from './input-behavior.ts';
import { parseNumber } from './parse-number.ts';

interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

export function readNumber({ min, max }: Bounds, whole: boolean, text: string | null): ReadResult {
  const number = text === null ? null : parseNumber(text);
  if (number === null || (whole && !Number.isInteger(number))) return REJECTED;
  if ((min !== null && number < min) || (max !== null && number > max)) return REJECTED;
  return { value: number };
}

export function expectsNumber(number: string, { min, max }: Bounds): string {
  if (min !== null && max !== null) return `Please send ${number} from ${min} to ${max}.`;
  if (min !== null) return `Please send ${number}, ${min} or more.`;
  if (max !== null) return `Please send ${number}, ${max} or less.`;
  return `Please send ${number}.`;
}
