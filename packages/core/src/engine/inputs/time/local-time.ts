import { MINUTE_MS } from '../../../model/index.ts';
import { wallTimeAt, wallTimeToInstant } from '../../time/to-instant.ts';

const DAY_MINUTES = 1440;

/** Returns the local time in the zone, in minutes since 1970-01-01 00:00 local time. */
export function localMinutes(now: number, zone: string): number {
  return Math.floor(wallTimeAt(now, zone) / MINUTE_MS);
}

/** Returns the local day in the zone, as days since 1970. */
export function localDay(now: number, zone: string): number {
  return Math.floor(localMinutes(now, zone) / DAY_MINUTES);
}

/** Returns a local time with its offset: `2026-12-24T18:30:00+01:00`. */
export function zonedTime(local: number, zone: string): string {
  const instant = wallTimeToInstant(local * MINUTE_MS, zone);
  const wall = wallTimeAt(instant, zone);
  const offset = Math.round((wall - instant) / MINUTE_MS);
  const size = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(wall).toISOString().slice(0, 19)}${sign}${padTwo(Math.floor(size / 60))}:${padTwo(size % 60)}`;
}

function padTwo(number: number): string {
  return String(number).padStart(2, '0');
}
