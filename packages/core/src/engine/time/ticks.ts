import type { Cron } from '../../flow/index.ts';
import { DAY_MS, MINUTE_MS } from '../../model/index.ts';
import { wallTimeAt, wallTimeToInstant } from './to-instant.ts';

/** In days: a 29 February on a given day of the week occurs within 40 years. */
const MAX_DAYS_AHEAD = 41 * 366;

/**
 * Returns the first time of a schedule after an instant, in milliseconds; null if the schedule never runs again. A
 * local time that is skipped when clocks go forward runs an hour later; one that clocks show twice runs once.
 */
export function nextOccurrence(cron: Cron, zone: string, after: number): number | null {
  const today = startOfDay(wallTimeAt(after, zone));
  for (let days = 0; days <= MAX_DAYS_AHEAD; days += 1) {
    const found = occurrencesOnDay(cron, zone, today + days * DAY_MS).find((tick) => tick > after);
    if (found !== undefined) return found;
  }
  return null;
}

/** Returns the last time of a schedule up to an instant; null if it had none within two years. */
export function previousOccurrence(cron: Cron, zone: string, at: number): number | null {
  // When clocks go forward around midnight, yesterday's last times can fall on today.
  const today = startOfDay(wallTimeAt(at, zone));
  for (let days = 0; days <= 732; days += 1) {
    const found = occurrencesOnDay(cron, zone, today - days * DAY_MS).findLast((tick) => tick <= at);
    if (found !== undefined) return found;
  }
  return null;
}

function startOfDay(wall: number): number {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

/** Returns the times of one day in order; an empty list if the schedule excludes the day. */
function occurrencesOnDay(
  { minutes, hours, days, months, weekdays, is_either }: Cron,
  zone: string,
  day: number,
): number[] {
  const date = new Date(day);
  if (!months.has(date.getUTCMonth() + 1)) return [];
  const [byDay, byWeekday] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
  if (is_either ? !byDay && !byWeekday : !byDay || !byWeekday) return [];
  // All minutes of an hour have the offset of the hour.
  const ticks = hours.flatMap((hour) => {
    const wall = day + hour * 60 * MINUTE_MS;
    const start = wallTimeToInstant(wall, zone);
    return minutes.map((minute) => start + minute * MINUTE_MS);
  });
  // If clocks skip an hour, its times are among those of the next one.
  return ticks.sort((a, b) => a - b);
}
