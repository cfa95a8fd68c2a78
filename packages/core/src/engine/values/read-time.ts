import { DAY_MS, type JsonValue } from '../../model/index.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Reads a date (`2026-11-22`: its start in UTC) or a time (`2026-11-22T18:00Z`; UTC without a zone), in milliseconds;
 * null for anything else. If `now` is given, the words `now` and `today` are accepted, too.
 */
export function readTime(value: JsonValue, now?: number): number | null {
  if (typeof value !== 'string') return null;
  if (now !== undefined && value === 'now') return now;
  if (now !== undefined && value === 'today') return now - (((now % DAY_MS) + DAY_MS) % DAY_MS);
  const zone = DATE_TIME.exec(value);
  if (zone === null && !DATE.test(value)) return null;
  const time = Date.parse(zone !== null && zone[1] === undefined ? `${value}Z` : value);
  if (Number.isNaN(time)) return null;
  // JavaScript reads 30 February as 2 March.
  const [year, month, day] = value.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day)).toISOString().startsWith(value.slice(0, 10))
    ? time
    : null;
}
