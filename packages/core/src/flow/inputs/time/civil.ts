import { DAY_MS } from '../../../model/index.ts';

/** Calendar dates without a time zone, as days since 1970-01-01, so that they can be compared and counted. */

/** Returns the day of a date such as `2026-12-24`, or null if it does not exist. */
export function parseDay(iso: string): number | null {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  return toDay(Number(year), Number(month), Number(day));
}

/**
 * Returns the day of a year, month (1 to 12) and day of the month, or null if it does not exist (30 February) or is
 * before the year 1.
 */
export function toDay(year: number, month: number, day: number): number | null {
  if (year < 1 || year > 9999) return null;
  // Date.UTC interprets the years 0 to 99 as 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.getTime() / DAY_MS;
}

export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Returns the month that contains a day, as months since the year 0. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Returns the first day of a month. */
export function firstDay(month: number): number {
  return toDay(Math.floor(month / 12), (month % 12) + 1, 1) ?? 0;
}

/** Adds months to a day. In a month that is too short, the result is its last day: 31 January + 1 is 28 February. */
export function addMonths(day: number, months: number): number {
  const month = monthOf(day) + months;
  const wanted = day - firstDay(monthOf(day));
  return Math.min(firstDay(month) + wanted, firstDay(month + 1) - 1);
}

/** Returns the minutes since midnight of a time such as `18:30`, or null if it is not valid. */
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
