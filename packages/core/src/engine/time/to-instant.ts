import type { LocalTime } from '../../flow/index.ts';
import { DAY_MS } from '../../model/index.ts';

/**
 * Returns the instant of a local time, in milliseconds since 1970. A time without a date is the next one after now. A
 * local time that clocks skip in spring becomes an hour later. For one that clocks show twice in autumn, the result is
 * the first of the two instants.
 *
 * @param zone - time zone of the local time, unless it contains an offset
 */
export function toInstant(local: LocalTime, zone: string, now: number): number {
  const { hour, minute, second, offset } = local;
  const at = (year: number, month: number, day: number): number => {
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return offset === null ? wallTimeToInstant(wall, zone) : wall - offset;
  };
  if (local.date !== null) return at(local.date.year, local.date.month, local.date.day);
  const today = new Date(wallTimeAt(now, zone));
  for (let days = 0; ; days += 1) {
    const instant = at(today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate() + days);
    if (instant > now) return instant;
  }
}

/** Returns the instant at which clocks in the zone show `wall`, which is given as if it were UTC. */
export function wallTimeToInstant(wall: number, zone: string): number {
  // No zone has changed its clocks twice within two days.
  const before = wallTimeAt(wall - DAY_MS, zone) - (wall - DAY_MS);
  const after = wallTimeAt(wall + DAY_MS, zone) - (wall + DAY_MS);
  const fitting = [before, after]
    .map((offset) => wall - offset)
    .filter((instant) => wallTimeAt(instant, zone) === wall);
  return fitting.length > 0 ? Math.min(...fitting) : wall - before;
}

/** Returns what clocks in the zone show, as if it were UTC. */
export function wallTimeAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((each) => each.type === type)?.value);
  const milliseconds = ((instant % 1_000) + 1_000) % 1_000;
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) + milliseconds
  );
}
