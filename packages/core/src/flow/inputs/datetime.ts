import * as z from 'zod/mini';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';
import { boundField, checkBounds, compileBound, type CompiledBound } from './time/bound.ts';
import {
  calendarField,
  compileFormats,
  compileTimeZone,
  formatsField,
  minuteStepField,
  timeZoneField,
  type DateFormat,
} from './time/time-fields.ts';

const fields = {
  min: boundField('Earliest', 'datetime', 'earliest'),
  max: boundField('Latest', 'datetime', 'latest'),
  formats: formatsField,
  calendar: calendarField,
  minute_step: minuteStepField,
  time_zone: timeZoneField,
};

export interface CompiledDatetimeInput extends CompiledInputBase<'datetime'> {
  readonly min: CompiledBound | null;
  readonly max: CompiledBound | null;
  readonly formats: readonly DateFormat[];
  readonly calendar: boolean;
  readonly minute_step: number;
  readonly time_zone: string | null;
}

export const datetimeInput = {
  input: 'datetime',
  summary: 'a date with a time',
  fields,
  value: z.iso.datetime({ offset: true }),
  compile(source, context): CompiledDatetimeInput {
    const [min, max] = [
      compileBound(source.min, '/min', 'datetime', context),
      compileBound(source.max, '/max', 'datetime', context),
    ];
    checkBounds(min, max, context);
    return {
      input: 'datetime',
      min,
      max,
      formats: compileFormats(source.formats, context),
      calendar: source.calendar ?? true,
      minute_step: source.minute_step ?? 15,
      time_zone: compileTimeZone(source.time_zone, context),
    };
  },
} satisfies InputKind<SourceOf<typeof fields>, CompiledDatetimeInput>;
