import { addMonths, dayOf, type CompiledBound } from '../../../flow/index.ts';

const DAY = 1440;
const UNITS = { min: 1, h: 60, d: DAY, w: 7 * DAY } as const;

/** Accepted range, in local minutes, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** No answer is expected before and after these dates, and the calendar does not page beyond them. */
const FIRST = (dayOf('1900-01-01') ?? 0) * DAY;
const LAST = (dayOf('2199-12-31') ?? 0) * DAY + DAY - 1;

/**
 * Returns the range between two bounds.
 *
 * @param now - local minutes
 */
export function rangeOf(min: CompiledBound | null, max: CompiledBound | null, now: number): Range {
  return { from: min === null ? FIRST : startOf(min, now), to: max === null ? LAST : endOf(max, now) };
}

function startOf(bound: CompiledBound, now: number): number {
  const { at } = placeOf(bound, now);
  return clamp(at);
}

function endOf(bound: CompiledBound, now: number): number {
  const { at, isDay } = placeOf(bound, now);
  return clamp(isDay ? at + DAY - 1 : at);
}

function placeOf(bound: CompiledBound, now: number): { readonly at: number; readonly isDay: boolean } {
  if (bound.kind === 'day') return { at: bound.day * DAY, isDay: true };
  if (bound.kind === 'minute') return { at: bound.day * DAY + bound.minute, isDay: false };
  const { base, amount, unit } = bound;
  const today = Math.floor(now / DAY);
  const time = base === 'now' ? now - today * DAY : 0;
  const at =
    unit === 'm' || unit === 'y'
      ? addMonths(today, unit === 'm' ? amount : amount * 12) * DAY + time
      : today * DAY + time + amount * UNITS[unit];
  return { at, isDay: base === 'today' };
}

function clamp(at: number): number {
  return Math.min(Math.max(at, FIRST), LAST);
}
