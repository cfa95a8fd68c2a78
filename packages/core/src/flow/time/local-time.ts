/** A point of local time as people write it; without a date it is the next time that clocks show it. */
export interface LocalTime {
  readonly date: { readonly year: number; readonly month: number; readonly day: number } | null;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Milliseconds that it is ahead of UTC, where it says so itself; null: it is meant in a time zone named elsewhere. */
  readonly offset: number | null;
}

const LOCAL_TIME_PATTERN =
  /^(?:(\d{4})-(\d{2})-(\d{2}))?(?:(?:^|[T ])(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Reads `18:00`, `2026-12-24`, `2026-12-24T18:00`, `2026-12-24 18:00:00`, `2026-12-24T18:00+01:00`; null for anything else, the 30th of February among it. */
export function readLocalTime(text: string): LocalTime | null {
  const match = LOCAL_TIME_PATTERN.exec(text.trim());
  if (match === null || match[0] === '') return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = match;
  const time = {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    offset: zone === undefined ? null : readOffset(zone),
  };
  if (time.hour > 23 || time.minute > 59 || time.second > 59 || Number.isNaN(time.offset ?? 0)) return null;
  if (year === undefined) return time.offset === null ? { date: null, ...time } : null;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const isReal = new Date(Date.UTC(date.year, date.month - 1, date.day))
    .toISOString()
    .startsWith(`${year}-${month ?? ''}-${day ?? ''}`);
  return isReal ? { date, ...time } : null;
}

function readOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 14 || minutes > 59) return Number.NaN;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
