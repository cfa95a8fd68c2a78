import { isoDay, monthOf, parseDay, parseMinutes, type CompiledInputMap } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';
import { timeZoneOf } from '../time/time-zone-of.ts';
import { NO_ACTION, REJECTED, STALE, typedText, type InputBehavior, type InputPress } from './input-behavior.ts';
import { rangeOf, type Range } from './time/bound-range.ts';
import { calendarRows, monthDetail, monthFrom } from './time/calendar-rows.ts';
import { hourRows, minuteRows } from './time/clock-rows.ts';
import { localDay, localMinutes, zonedTime } from './time/local-time.ts';
import { formatLocalTime, readDateAndClock } from './time/read-date.ts';

type Input = CompiledInputMap['datetime'];

/** A calendar: days lead to hours, hours to times; each page leads back to the previous one. */
export const datetimeBehavior: InputBehavior<'datetime'> = {
  expects(input, run) {
    const { from, to } = timesOf(input, run);
    const since = input.min === null ? '' : `, from ${formatLocalTime(from, input.formats)}`;
    const until = input.max === null ? '' : `${since === '' ? ',' : ''} until ${formatLocalTime(to, input.formats)}`;
    const formats = input.formats.map((format) => `${format} HH:MM`).join(' or ');
    return `Please send a date and a time as ${formats}${since}${until}.`;
  },
  read(input, event, run) {
    const local = readDateAndClock(typedText(event) ?? '', input.formats);
    return local === null || !isWithin(local, timesOf(input, run))
      ? REJECTED
      : { value: zonedTime(local, timeZoneOf(run, input.time_zone)) };
  },
  keyboard(input, run) {
    if (!input.calendar) return null;
    const days = daysOf(timesOf(input, run));
    const today = localDay(run.env.now, timeZoneOf(run, input.time_zone));
    return {
      kind: 'inline',
      rows: calendarRows(monthOf(Math.min(Math.max(today, days.first), days.last)), days, run.env.user.language),
    };
  },
  press(input, detail, run) {
    if (detail === 'x') return NO_ACTION;
    const times = timesOf(input, run);
    const month = monthFrom(detail, daysOf(times));
    if (month !== null) return { kind: 'show', rows: calendarRows(month, daysOf(times), run.env.user.language) };
    const [, page = '', date = '', clock = ''] =
      /^([dht])(\d{4}-\d{2}-\d{2})(?:-(\d{2}(?:-\d{2})?))?$/.exec(detail) ?? [];
    const day = parseDay(date);
    return day === null ? STALE : pressOnDay(input, page, day, clock, times, run);
  },
};

function pressOnDay(input: Input, page: string, day: number, clock: string, times: Range, run: Run): InputPress {
  const range = { from: times.from - day * 1440, to: times.to - day * 1440 };
  if (range.to < 0 || range.from > 1439) return STALE;
  const minutes = parseMinutes(clock.length === 2 ? `${clock}:00` : clock.replace('-', ':'));
  if (page === 'd') {
    const back = { text: '‹', detail: monthDetail(monthOf(day)) };
    return { kind: 'show', rows: [...hourRows(range, input.minute_step, `h${isoDay(day)}-`), [back]] };
  }
  if (minutes === null) return STALE;
  if (page === 'h') {
    const rows = minuteRows(Math.floor(minutes / 60), range, input.minute_step, `t${isoDay(day)}-`);
    return { kind: 'show', rows: [...rows, [{ text: '‹', detail: `d${isoDay(day)}` }]] };
  }
  const local = day * 1440 + minutes;
  if (!isWithin(local, times)) return STALE;
  return {
    kind: 'answer',
    value: zonedTime(local, timeZoneOf(run, input.time_zone)),
    label: formatLocalTime(local, input.formats),
  };
}

function timesOf({ min, max, time_zone }: Input, run: Run): Range {
  return rangeOf(min, max, localMinutes(run.env.now, timeZoneOf(run, time_zone)));
}

function daysOf({ from, to }: Range): { readonly first: number; readonly last: number } {
  return { first: Math.floor(from / 1440), last: Math.floor(to / 1440) };
}

function isWithin(local: number, { from, to }: Range): boolean {
  return local >= from && local <= to;
}
