import * as z from 'zod/mini';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';
import { boundField, checkBounds, compileBound, type CompiledBound } from './time/bound.ts';
import {
  calendarField,
  compileFormats,
  compileTimeZone,
  formatsField,
  timeZoneField,
  type DateFormat,
} from './time/time-fields.ts';

const fields = {
  min: boundField('Earliest', 'date', 'earliest'),
  max: boundField('Latest', 'date', 'latest'),
  formats: formatsField,
  calendar: calendarField,
  time_zone: timeZoneField,
};

export interface CompiledDateInput extends CompiledInputBase<'date'> {
  readonly min: CompiledBound | null;
  readonly max: CompiledBound | null;
  readonly formats: readonly DateFormat[];
  readonly calendar: boolean;
  readonly time_zone: string | null;
}

export const dateInput = {
  input: 'date',
  summary: 'a date',
  fields,
  value: z.iso.date(),
  compile(source, context): CompiledDateInput {
    const [min, max] = [
      compileBound(source.min, '/min', 'date', context),
      compileBound(source.max, '/max', 'date', context),
    ];
    checkBounds(min, max, context);
    return {
      input: 'date',
      min,
      max,
      formats: compileFormats(source.formats, context),
      calendar: source.calendar ?? true,
      time_zone: compileTimeZone(source.time_zone, context),
    };
  },
} satisfies InputKind<SourceOf<typeof fields>, CompiledDateInput>;
