import { firstDay, isoDay, monthOf } from '../../../flow/index.ts';
import { DAY_MS } from '../../../model/index.ts';
import type { InputButton } from '../input-behavior.ts';

/** Days that can be chosen, both ends included. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

/** Placeholder where nothing can be chosen: Telegram requires a label on every button. */
const BLANK: InputButton = { text: '·', detail: 'x' };

/** Returns a month as buttons: its name between buttons that page by a month and by a year, the weekdays, the days. */
export function calendarRows(month: number, { first, last }: DayRange, language: string | null): InputButton[][] {
  const [from, to] = [monthOf(first), monthOf(last)];
  const turn = (text: string, by: number): InputButton => {
    // If less than a year is left, the button leads to the end of the range.
    const target = Math.min(Math.max(month + by, from), to);
    const turned = Math.abs(target - month);
    return turned === 0 || (turned === 1 && Math.abs(by) > 1) ? BLANK : { text, detail: monthDetail(target) };
  };
  const start = firstDay(month);
  const days = Array.from({ length: firstDay(month + 1) - start }, (_, index): InputButton => {
    const day = start + index;
    return day < first || day > last ? BLANK : { text: String(index + 1), detail: `d${isoDay(day)}` };
  });
  // 1970-01-01 was a Thursday; weeks begin on Monday.
  const lead = Array.from({ length: (((start + 3) % 7) + 7) % 7 }, () => BLANK);
  const cells = [...lead, ...days];
  // A week without a day that can be chosen is left out.
  const weeks: InputButton[][] = [];
  for (let at = 0; at < cells.length; at += 7) {
    const week = cells.slice(at, at + 7);
    if (week.some((cell) => cell !== BLANK))
      weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => BLANK)]);
  }
  return [
    [turn('«', -12), turn('‹', -1), { text: monthName(start, language), detail: 'x' }, turn('›', 1), turn('»', 12)],
    weekdayNames(language).map((text) => ({ text, detail: 'x' })),
    ...weeks,
  ];
}

/** Returns the month that a button leads to, if it may be shown; null if it is not such a button. */
export function monthFrom(detail: string, { first, last }: DayRange): number | null {
  const [, year = '', number = ''] = /^m(\d{4})-(\d{2})$/.exec(detail) ?? [];
  if (year === '') return null;
  const month = Number(year) * 12 + Number(number) - 1;
  return month >= monthOf(first) && month <= monthOf(last) ? month : null;
}

export function monthDetail(month: number): string {
  return `m${isoDay(firstDay(month)).slice(0, 7)}`;
}

/** Short: it has a fifth of the row, and Telegram truncates longer labels. */
function monthName(day: number, language: string | null): string {
  return format(language, { month: 'short', year: 'numeric' }).format(day * DAY_MS);
}

function weekdayNames(language: string | null): string[] {
  const names = format(language, { weekday: 'short' });
  // 1970-01-05 was a Monday.
  return Array.from({ length: 7 }, (_, index) => names.format((index + 4) * DAY_MS));
}

/**
 * Formats a date in the person's language, if the platform knows it: the Gregorian calendar, with the digits of the
 * buttons.
 */
function format(language: string | null, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const all = { ...options, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' };
  try {
    return new Intl.DateTimeFormat(language ?? 'en', all);
  } catch {
    return new Intl.DateTimeFormat('en', all);
  }
}
