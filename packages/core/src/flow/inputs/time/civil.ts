import { DAY_MS } from '../../../model/index.ts';

/** Calendar dates without a time zone, as days since 1970-01-01: what can be compared and counted. */

/** The day of a date such as `2026-12-24`; null when there is none such. */
export function parseDay(iso: string): number | null {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  return toDay(Number(year), Number(month), Number(day));
}

/** The day of year, month (1 to 12) and day of the month; null when there is none such (30 February), or before the year 1. */
export function toDay(year: number, month: number, day: number): number | null {
  if (year < 1 || year > 9999) return null;
  // Date.UTC takes the years 0 to 99 for those of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.getTime() / DAY_MS;
}

export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The month that a day is in, as months since the year 0. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first day of a month. */
export function firstDay(month: number): number {
  return toDay(Math.floor(month / 12), (month % 12) + 1, 1) ?? 0;
}

/** So many months later, on the last day where the month is too short: 31 January and one month is 28 February. */
export function addMonths(day: number, months: number): number {
  const month = monthOf(day) + months;
  const wanted = day - firstDay(monthOf(day));
  return Math.min(firstDay(month) + wanted, firstDay(month + 1) - 1);
}

/** Minutes of the day of a time such as `18:30`; null when there is none such. */
export function parseMinutes(time: string): number | null {
  const [, hours = '', minutes = ''] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  return hours === '' || Number(hours) > 23 || Number(minutes) > 59 ? null : Number(hours) * 60 + Number(minutes);
}

export function isoTime(minutes: number): string {
  return `${padTwo(Math.floor(minutes / 60))}:${padTwo(minutes % 60)}`;
}

function padTwo(number: number): string {
  return String(number).padStart(2, '0');
}
