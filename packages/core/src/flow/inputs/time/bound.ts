import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { parseDay, parseMinutes } from './civil.ts';

/** A bound of a date or of a date with a time. The base of a relative bound is known when the question is asked. */
export type CompiledBound =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'minute'; readonly day: number; readonly minute: number }
  | { readonly kind: 'from'; readonly base: 'today' | 'now'; readonly amount: number; readonly unit: BoundUnit };

export type BoundUnit = 'min' | 'h' | 'd' | 'w' | 'm' | 'y';

/** The type that a bound limits: a date, a date with a time, or a time of the day. */
export type BoundOf = 'date' | 'datetime' | 'time';

const EXAMPLES: Record<BoundOf, string> = {
  date: '"2026-12-24", "today", "today+7d" or "today-18y" (d, w, m, y)',
  datetime: '"2026-12-24", "2026-12-24T18:30", "today", "today+7d", "now" or "now+2h" (min, h, d, w, m, y)',
  time: '"08:00"',
};

export function boundField(title: string, of: BoundOf, side: string): z.ZodMiniOptional<z.ZodMiniString> {
  const words = { date: 'a date', datetime: 'a date with a time', time: 'a time' }[of];
  return labeled(z.optional(z.string()), {
    title,
    description: `Of ${words}: the ${side} valid value: ${EXAMPLES[of]}.`,
  });
}

/** Compiles a bound. Reports a bound that is not valid. */
export function compileBound(
  source: string | undefined,
  key: string,
  of: BoundOf,
  context: CompileContext,
): CompiledBound | null {
  if (source === undefined) return null;
  const bound = readBound(source, of);
  if (bound === null)
    context.report(
      key,
      'wrong_format',
      `${JSON.stringify(source)} is not a valid bound of a ${of}`,
      `Examples: ${EXAMPLES[of]}.`,
    );
  return bound;
}

/** Reports bounds that no value satisfies, if that is known before the question is asked. */
export function checkBounds(min: CompiledBound | null, max: CompiledBound | null, context: CompileContext): void {
  if (min === null || max === null || min.kind === 'from' || max.kind === 'from') return;
  const first = min.day * 1440 + (min.kind === 'minute' ? min.minute : 0);
  const last = max.day * 1440 + (max.kind === 'minute' ? max.minute : 1439);
  if (first > last) context.report('/min', 'min_over_max', '"min" is after "max"');
}

function readBound(source: string, of: BoundOf): CompiledBound | null {
  if (of === 'time') {
    const minute = parseMinutes(source);
    return minute === null ? null : { kind: 'minute', day: 0, minute };
  }
  const [date = '', time] = source.split('T');
  const day = parseDay(date);
  if (day !== null && time === undefined) return { kind: 'day', day };
  if (day !== null && time !== undefined && of === 'datetime') {
    const minute = parseMinutes(time);
    return minute === null ? null : { kind: 'minute', day, minute };
  }
  const [, base, sign, amount = '0', unit = 'd'] =
    /^(today|now)(?:([+-])(\d{1,4})(min|h|d|w|m|y))?$/.exec(source) ?? [];
  if (base === undefined || (of === 'date' && (base === 'now' || unit === 'min' || unit === 'h'))) return null;
  if (base === 'today' && (unit === 'min' || unit === 'h')) return null;
  // The expression matches only valid bases and units.
  return {
    kind: 'from',
    base: base as 'today' | 'now',
    amount: sign === '-' ? -Number(amount) : Number(amount),
    unit: unit as BoundUnit,
  };
}
