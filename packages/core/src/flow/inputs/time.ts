import * as z from 'zod/mini';
import type { CompileContext } from '../compile-context.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';
import { boundField, checkBounds, compileBound, type CompiledBound } from './time/bound.ts';
import { calendarField, minuteStepField } from './time/time-fields.ts';

const fields = {
  min: boundField('Earliest', 'time', 'earliest'),
  max: boundField('Latest', 'time', 'latest'),
  calendar: calendarField,
  minute_step: minuteStepField,
};

export interface CompiledTimeInput extends CompiledInputBase<'time'> {
  /** The bounds are in minutes since midnight. */
  readonly min: number;
  readonly max: number;
  readonly calendar: boolean;
  readonly minute_step: number;
}

export const timeInput = {
  input: 'time',
  summary: 'a time of the day',
  fields,
  value: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
  compile(source, context): CompiledTimeInput {
    const min = bound(source.min, '/min', context);
    const max = bound(source.max, '/max', context);
    checkBounds(min, max, context);
    return {
      input: 'time',
      min: min?.minute ?? 0,
      max: max?.minute ?? 1439,
      calendar: source.calendar ?? true,
      minute_step: source.minute_step ?? 15,
    };
  },
} satisfies InputKind<SourceOf<typeof fields>, CompiledTimeInput>;

function bound(
  source: string | undefined,
  key: string,
  context: CompileContext,
): Extract<CompiledBound, { kind: 'minute' }> | null {
  const read = compileBound(source, key, 'time', context);
  return read?.kind === 'minute' ? read : null;
}
