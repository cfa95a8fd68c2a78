import { addMonths, parseDay, type CompiledBound } from '../../../flow/index.ts';

const DAY_MINUTES = 1440;
const UNITS = { min: 1, h: 60, d: DAY_MINUTES, w: 7 * DAY_MINUTES } as const;

/** Accepted range, in local minutes, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** No answer is expected before and after these dates, and the calendar does not page beyond them. */
const MIN_LOCAL_MINUTES = (parseDay('1900-01-01') ?? 0) * DAY_MINUTES;
const MAX_LOCAL_MINUTES = (parseDay('2199-12-31') ?? 0) * DAY_MINUTES + DAY_MINUTES - 1;

/**
 * Returns the range between two bounds.
 *
 * @param now - local minutes
 */
export function rangeOf(min: CompiledBound | null, max: CompiledBound | null, now: number): Range {
  return {
    from: min === null ? MIN_LOCAL_MINUTES : startOf(min, now),
    to: max === null ? MAX_LOCAL_MINUTES : endOf(max, now),
  };
}

function startOf(bound: CompiledBound, now: number): number {
  const { at } = resolveBound(bound, now);
  return clamp(at);
}

function endOf(bound: CompiledBound, now: number): number {
  const { at, isDay } = resolveBound(bound, now);
  return clamp(isDay ? at + DAY_MINUTES - 1 : at);
}

function resolveBound(bound: CompiledBound, now: number): { readonly at: number; readonly isDay: boolean } {
  if (bound.kind === 'day') return { at: bound.day * DAY_MINUTES, isDay: true };
  if (bound.kind === 'minute') return { at: bound.day * DAY_MINUTES + bound.minute, isDay: false };
  const { base, amount, unit } = bound;
  const today = Math.floor(now / DAY_MINUTES);
  const time = base === 'now' ? now - today * DAY_MINUTES : 0;
  const at =
    unit === 'm' || unit === 'y'
      ? addMonths(today, unit === 'm' ? amount : amount * 12) * DAY_MINUTES + time
      : today * DAY_MINUTES + time + amount * UNITS[unit];
  return { at, isDay: base === 'today' };
}

function clamp(at: number): number {
  return Math.min(Math.max(at, MIN_LOCAL_MINUTES), MAX_LOCAL_MINUTES);
}
