import { isoDay, monthOf, parseDay, type CompiledInputMap } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';
import { timeZoneOf } from '../time/time-zone-of.ts';
import { NO_ACTION, REJECTED, STALE, typedText, type InputBehavior } from './input-behavior.ts';
import { rangeOf } from './time/bound-range.ts';
import { calendarRows, monthFrom, type DayRange } from './time/calendar-rows.ts';
import { localDay, localMinutes } from './time/local-time.ts';
import { formatDay, readDate } from './time/read-date.ts';

type Input = CompiledInputMap['date'];

export const dateBehavior: InputBehavior<'date'> = {
  expects(input, run) {
    const { first, last } = daysOf(input, run);
    const from = input.min === null ? '' : `, from ${formatDay(first, input.formats)}`;
    const to = input.max === null ? '' : `${from === '' ? ',' : ''} until ${formatDay(last, input.formats)}`;
    return `Please send a date as ${input.formats.join(' or ')}${from}${to}.`;
  },
  read(input, event, run) {
    const day = readDate(typedText(event) ?? '', input.formats);
    const { first, last } = daysOf(input, run);
    return day === null || day < first || day > last ? REJECTED : { value: isoDay(day) };
  },
  keyboard(input, run) {
    if (!input.calendar) return null;
    const days = daysOf(input, run);
    const today = localDay(run.env.now, timeZoneOf(run, input.time_zone));
    return {
      kind: 'inline',
      rows: calendarRows(monthOf(Math.min(Math.max(today, days.first), days.last)), days, run.env.user.language),
    };
  },
  press(input, detail, run) {
    if (detail === 'x') return NO_ACTION;
    const days = daysOf(input, run);
    const month = monthFrom(detail, days);
    if (month !== null) return { kind: 'show', rows: calendarRows(month, days, run.env.user.language) };
    const day = detail.startsWith('d') ? parseDay(detail.slice(1)) : null;
    if (day === null || day < days.first || day > days.last) return STALE;
    return { kind: 'answer', value: isoDay(day), label: formatDay(day, input.formats) };
  },
};

function daysOf({ min, max, time_zone }: Input, run: Run): DayRange {
  const { from, to } = rangeOf(min, max, localMinutes(run.env.now, timeZoneOf(run, time_zone)));
  return { first: Math.floor(from / 1440), last: Math.floor(to / 1440) };
}
