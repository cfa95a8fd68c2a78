/** Times that come again, by what clocks show: five fields of a crontab. */
export interface Cron {
  readonly source: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** Days of the month and of the week are both given: then either will do. */
  readonly is_either: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Reads minute, hour, day of the month, month and day of the week: numbers, `*`, lists, ranges, steps, and English names of three letters.
 *
 * @returns null for what is none
 * @example
 * readCron('30 9 * * mon-fri');
 */
export function readCron(source: string): Cron | null {
  const fields = source.trim().toLowerCase().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minutes = readField(minute, 0, 59, []);
  const hours = readField(hour, 0, 23, []);
  const days = readField(day, 1, 31, []);
  const months = readField(month, 1, 12, MONTHS);
  const weekdays = readField(weekday, 0, 7, WEEKDAYS);
  if (
    fields.length !== 5 ||
    minutes === null ||
    hours === null ||
    days === null ||
    months === null ||
    weekdays === null
  )
    return null;
  const is_either = !day.startsWith('*') && !weekday.startsWith('*');
  return {
    source: fields.join(' '),
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((each) => each % 7)),
    is_either,
  };
}

function readField(field: string, least: number, most: number, names: readonly string[]): readonly number[] | null {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/([0-9]{1,2}))?$/.exec(part) ?? [];
    const [first = '', last] = range.split('-');
    const isAll = range === '*';
    const from = isAll ? least : readNumber(first, names, least);
    const to =
      isAll || (last === undefined && step !== undefined)
        ? most
        : last === undefined
          ? from
          : readNumber(last, names, least);
    const by = step === undefined ? 1 : Number(step);
    if (range.split('-').length > 2 || from === null || to === null || from < least || to > most || from > to || by < 1)
      return null;
    for (let value = from; value <= to; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

/** Months are counted from 1, days of the week from 0. */
function readNumber(text: string, names: readonly string[], least: number): number | null {
  if (/^[0-9]{1,2}$/.test(text)) return Number(text);
  const index = names.indexOf(text);
  return index === -1 ? null : index + least;
}
