import type { Cron } from '../../flow/index.ts';
import { DAY_MS, MINUTE_MS } from '../../model/index.ts';
import { instantOfWall, wallAt } from './instant-of.ts';

/** A 29 February on a certain day of the week comes within 40 years. */
const FARTHEST = 41 * 366;

/** The first time of a schedule after an instant, in milliseconds; null: it never comes. Times that clocks skip come an hour later, those that they show twice come once. */
export function nextTick(cron: Cron, zone: string, after: number): number | null {
  const today = dayOf(wallAt(after, zone));
  for (let days = 0; days <= FARTHEST; days += 1) {
    const found = daysTicks(cron, zone, today + days * DAY_MS).find((tick) => tick > after);
    if (found !== undefined) return found;
  }
  return null;
}

/** The last time of a schedule that has come by an instant; null: none within two years. */
export function lastTick(cron: Cron, zone: string, at: number): number | null {
  // Clocks that were put forward bring yesterday's last times to today.
  const today = dayOf(wallAt(at, zone));
  for (let days = 0; days <= 732; days += 1) {
    const found = daysTicks(cron, zone, today - days * DAY_MS).findLast((tick) => tick <= at);
    if (found !== undefined) return found;
  }
  return null;
}

function dayOf(wall: number): number {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

/** In their order; of a day on which nothing is to happen none. */
function daysTicks({ minutes, hours, days, months, weekdays, is_either }: Cron, zone: string, day: number): number[] {
  const date = new Date(day);
  if (!months.has(date.getUTCMonth() + 1)) return [];
  const [byDay, byWeekday] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
  if (is_either ? !byDay && !byWeekday : !byDay || !byWeekday) return [];
  // The offset of an hour is that of its minutes.
  const ticks = hours.flatMap((hour) => {
    const wall = day + hour * 60 * MINUTE_MS;
    const start = instantOfWall(wall, zone);
    return minutes.map((minute) => start + minute * MINUTE_MS);
  });
  // Where clocks skip an hour, its times fall among those of the next.
  return ticks.sort((a, b) => a - b);
}
