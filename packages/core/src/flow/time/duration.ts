import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';

const DURATION_PATTERN = 'Write {"minutes": 5} (weeks, days, hours, minutes, seconds) or "PT5M".';

const amount = z.number().check(z.gte(0));

/** `{"minutes": 5}`, or ISO 8601: `PT5M`. Days have 24 hours here; months and years have no length and are not taken. */
export const durationSource = labeled(
  z.union([
    z.strictObject({
      weeks: z.optional(amount),
      days: z.optional(amount),
      hours: z.optional(amount),
      minutes: z.optional(amount),
      seconds: z.optional(amount),
    }),
    z.string().check(z.regex(/^P(?!$)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,3})?S)?)?$/, DURATION_PATTERN)),
  ]),
  {
    title: 'Duration',
    description:
      '`{"minutes": 5}` (weeks, days, hours, minutes, seconds), or ISO 8601: `PT5M`. From one second to 366 days.',
  },
);

export type DurationSource = z.infer<typeof durationSource>;

const SECOND_MS = 1_000;
const UNITS = {
  weeks: 604_800 * SECOND_MS,
  days: 86_400 * SECOND_MS,
  hours: 3_600 * SECOND_MS,
  minutes: 60 * SECOND_MS,
  seconds: SECOND_MS,
} as const;

/** A duration in milliseconds; null for one that is too short or too long to wait for. */
export function readDuration(source: DurationSource): number | null {
  const parts = typeof source === 'string' ? partsOf(source) : source;
  let length = 0;
  for (const unit of ['weeks', 'days', 'hours', 'minutes', 'seconds'] as const)
    length += (parts[unit] ?? 0) * UNITS[unit];
  return length >= SECOND_MS && length <= FLOW_LIMITS.longestWait ? Math.round(length) : null;
}

function partsOf(iso: string): Exclude<DurationSource, string> {
  const [, weeks, days, hours, minutes, seconds] =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(iso) ?? [];
  const number = (text: string | undefined): number => Number(text ?? 0);
  return {
    weeks: number(weeks),
    days: number(days),
    hours: number(hours),
    minutes: number(minutes),
    seconds: number(seconds),
  };
}
