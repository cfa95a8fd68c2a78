import { DAY_MS, type JsonValue } from '../../model/index.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A date (`2026-11-22`: its beginning in UTC) or a time (`2026-11-22T18:00Z`; UTC where no zone is named) in milliseconds; null for
 * anything else. With `now` the words `now` and `today` mean what they say.
 */
export function readTime(value: JsonValue, now?: number): number | null {
  if (typeof value !== 'string') return null;
  if (now !== undefined && value === 'now') return now;
  if (now !== undefined && value === 'today') return now - (((now % DAY_MS) + DAY_MS) % DAY_MS);
  const zone = DATE_TIME.exec(value);
  if (zone === null && !DATE.test(value)) return null;
  const time = Date.parse(zone !== null && zone[1] === undefined ? `${value}Z` : value);
  if (Number.isNaN(time)) return null;
  // JavaScript reads the 30th of February as the 2nd of March.
  const [year, month, day] = value.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day)).toISOString().startsWith(value.slice(0, 10))
    ? time
    : null;
}
