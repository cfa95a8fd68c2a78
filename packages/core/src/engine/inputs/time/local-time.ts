import { isTimeZone } from '../../../flow/index.ts';
import type { Run } from '../../run.ts';

const MINUTE = 60_000;
const DAY = 1440;

/** The zone that a step's times are meant in: its own, else the person's (`user.attributes.time_zone`), else UTC. */
export function zoneOf(own: string | null, run: Run): string {
  if (own !== null && isTimeZone(own)) return own;
  const { time_zone } = run.env.user.attributes;
  return typeof time_zone === 'string' && isTimeZone(time_zone) ? time_zone : 'UTC';
}

/** What a clock in the zone shows, in minutes since 1970-01-01 00:00 as if that were its own midnight. */
export function localMinutes(now: number, zone: string): number {
  return Math.floor(now / MINUTE) + offsetAt(now, zone);
}

/** The day that it is in the zone, as days since 1970. */
export function localDay(now: number, zone: string): number {
  return Math.floor(localMinutes(now, zone) / DAY);
}

/** A local time as an instant with its offset: `2026-12-24T18:30:00+01:00`. Of a time that clocks skip, the one they go on with. */
export function zonedTime(local: number, zone: string): string {
  const guess = offsetAt(local * MINUTE, zone);
  const offset = offsetAt((local - guess) * MINUTE, zone);
  const instant = local - offset;
  const shown = offsetAt(instant * MINUTE, zone);
  const text = new Date((instant + shown) * MINUTE).toISOString().slice(0, 19);
  const size = Math.abs(shown);
  return `${text}${shown < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Minutes that the zone's clocks are ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Math.round((Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / MINUTE) * MINUTE) / MINUTE);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
