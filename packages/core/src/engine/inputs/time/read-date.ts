import { isoDay, isoTime, toDay, type DateFormat } from '../../../flow/index.ts';
import { asciiDigits } from '../ascii-digits.ts';

/** Pattern of each format, and the meaning of its numbers. */
const FORMATS: Readonly<
  Record<DateFormat, { readonly pattern: RegExp; readonly order: readonly [number, number, number] }>
> = {
  'YYYY-MM-DD': { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})$/, order: [0, 1, 2] },
  'DD.MM.YYYY': { pattern: /^(\d{1,2})\.(\d{1,2})\.(\d{4})\.?$/, order: [2, 1, 0] },
  'DD/MM/YYYY': { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, order: [2, 1, 0] },
  'MM/DD/YYYY': { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, order: [2, 0, 1] },
};

/** Reads a typed date, as days since 1970; null if it does not have one of these formats. */
export function readDate(typed: string, formats: readonly DateFormat[]): number | null {
  const text = asciiDigits(typed).replace(/\s*([./-])\s*/g, '$1');
  for (const format of formats) {
    const { pattern, order } = FORMATS[format];
    const numbers = pattern.exec(text)?.slice(1).map(Number);
    if (numbers === undefined) continue;
    const [year, month, day] = order.map((place) => numbers[place] ?? 0);
    const found = toDay(year ?? 0, month ?? 0, day ?? 0);
    if (found !== null) return found;
  }
  return null;
}

/** Reads a typed time, as minutes of a day: `18:30`, `9.05`, `6 pm`, `6:30 PM`; null for anything else. */
export function readClock(typed: string): number | null {
  const [, hours = '', minutes = '00', half] =
    /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(asciiDigits(typed)) ?? [];
  if (hours === '' || Number(minutes) > 59) return null;
  const hour = Number(hours);
  if (half === undefined)
    return hour > 23 || !/[:.]\d{2}\s*$/.test(asciiDigits(typed)) ? null : hour * 60 + Number(minutes);
  if (hour < 1 || hour > 12) return null;
  return ((hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)) * 60 + Number(minutes);
}

/**
 * Reads a typed date and time, in local minutes since 1970: `24.12.2026 18:30`, `2026-12-24T18:30`, also with a comma
 * between them.
 */
export function readDateAndClock(typed: string, formats: readonly DateFormat[]): number | null {
  const [, date, clock] =
    /^(.*?\d)(?:[T\s]|,\s*)\s*(\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m?\.?)?)$/i.exec(asciiDigits(typed)) ?? [];
  if (date === undefined || clock === undefined) return null;
  const [day, minutes] = [readDate(date, formats), readClock(clock)];
  return day === null || minutes === null ? null : day * 1440 + minutes;
}

/** Formats a day in the first of the formats. */
export function formatDay(day: number, [format = 'YYYY-MM-DD']: readonly DateFormat[]): string {
  const [year = '', month = '', date = ''] = isoDay(day).split('-');
  return format.replace('YYYY', year).replace('MM', month).replace('DD', date);
}

export function formatLocalTime(local: number, formats: readonly DateFormat[]): string {
  return `${formatDay(Math.floor(local / 1440), formats)} ${isoTime(local % 1440)}`;
}
