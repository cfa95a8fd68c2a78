import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { isTimeZone } from '../../../model/time-zone.ts';
import type { CompileContext } from '../../compile-context.ts';

/** Formats of a date that a user types. Only formats that are not ambiguous together can be combined. */
export const DATE_FORMATS = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

export const formatsField = labeled(z.optional(z.array(z.enum(DATE_FORMATS)).check(z.minLength(1))), {
  title: 'Formats',
  description:
    `Of a date: accepted formats: ${DATE_FORMATS.map((format) => `\`${format}\``).join(', ')}. ` +
    'Default: the first two. The last two exclude each other.',
});

export const timeZoneField = labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(64))), {
  title: 'Time zone',
  description:
    'Of a date or a time: the IANA name of its time zone (`Europe/Berlin`). ' +
    "Default: the user's (attribute `time_zone`), else the bot's, else UTC.",
});

export const calendarField = labeled(z.optional(z.boolean()), {
  title: 'Calendar',
  description: 'Of a date or a time: if true, it can also be chosen with buttons. Default: true.',
});

export const minuteStepField = labeled(
  z.optional(z.union([z.literal(5), z.literal(10), z.literal(15), z.literal(20), z.literal(30), z.literal(60)])),
  {
    title: 'Minutes',
    description: 'Of a time: minutes between the times on the buttons: 5, 10, 15, 20, 30 or 60. Default: 15.',
  },
);

export function compileFormats(
  formats: readonly DateFormat[] | undefined,
  context: CompileContext,
): readonly DateFormat[] {
  if (formats?.includes('DD/MM/YYYY') === true && formats.includes('MM/DD/YYYY')) {
    context.report(
      '/formats',
      'fields_conflict',
      'With both formats, 01/02/2026 is ambiguous',
      'Use only one of "DD/MM/YYYY" and "MM/DD/YYYY".',
    );
  }
  return formats === undefined || formats.length === 0 ? ['YYYY-MM-DD', 'DD.MM.YYYY'] : formats;
}

export function compileTimeZone(zone: string | undefined, context: CompileContext): string | null {
  if (zone === undefined) return null;
  if (!isTimeZone(zone))
    context.report(
      '/time_zone',
      'time_zone_unknown',
      `The time zone "${zone}" does not exist`,
      'Use an IANA name, such as "Europe/Berlin".',
    );
  return zone;
}
