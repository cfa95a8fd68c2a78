import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { isTimeZone } from '../../../model/time-zone.ts';
import type { CompileContext } from '../../compile-context.ts';
import type { Template } from '../../template/template.ts';
import { durationSource, readDuration } from '../../time/duration.ts';
import { readLocalTime } from '../../time/local-time.ts';
import { nextStep, onError, stepId, templateText } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('wait'),
    for: labeled(z.optional(durationSource), {
      title: 'For',
      description: 'Duration of the wait, such as `{"minutes": 5}` or `PT5M`. From one second to 366 days.',
    }),
    until: labeled(z.optional(templateText), {
      title: 'Until',
      description:
        'End of the wait: a time (the next `18:00`), a date (the start of `2026-12-24`) ' +
        'or both (`2026-12-24T18:00`). A template. If the time is in the past, the step does not wait.',
    }),
    time_zone: labeled(z.optional(z.string()), {
      title: 'Time zone',
      description:
        'Time zone of `until`, such as `Europe/Berlin`. ' +
        "Default: the user's (attribute `time_zone`), else the bot's, else UTC.",
    }),
    next: nextStep,
    on_error: onError,
  }),
  {
    title: 'Wait',
    description: 'Waits for a duration or until a time, and continues. Restarts of the server do not affect it.',
  },
);

export type WaitSource = z.infer<typeof schema>;

export interface CompiledWait extends CompiledBase<'wait'> {
  readonly until:
    | { readonly kind: 'duration'; readonly milliseconds: number }
    | { readonly kind: 'time'; readonly time: Template; readonly zone: string | null };
  readonly next: string | null;
}

export const waitStep = {
  type: 'wait',
  summary: 'Waits for a duration or until a time, and continues. Restarts of the server do not affect it.',
  schema,
  compile(source, context): CompiledWait {
    context.markWaiting();
    return {
      kind: 'wait',
      id: source.id,
      index: context.index,
      until: compileUntil(source, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<WaitSource, CompiledWait>;

function compileUntil(source: WaitSource, context: CompileContext): CompiledWait['until'] {
  if (source.for === undefined && source.until === undefined)
    context.report('/for', 'required', '"for" is missing', FOR_OR_UNTIL_HINT);
  if (source.for !== undefined && source.until !== undefined)
    context.report('/for', 'wait_unclear', 'The step waits both for a duration and until a time', FOR_OR_UNTIL_HINT);
  if (source.time_zone !== undefined) {
    if (source.until === undefined)
      context.report('/time_zone', 'wait_unclear', '"time_zone" is only allowed with "until"', 'Remove it.');
    else if (!isTimeZone(source.time_zone))
      context.report(
        '/time_zone',
        'time_zone_unknown',
        `The time zone "${source.time_zone}" does not exist`,
        'Use an IANA name, such as "Europe/Berlin".',
      );
  }
  if (source.until === undefined)
    return {
      kind: 'duration',
      milliseconds: source.for === undefined ? MIN_DURATION_MS : compileDuration(source.for, '/for', context),
    };
  const time = context.template(source.until, '/until');
  if (time.constant !== null && readLocalTime(time.constant) === null)
    context.report(
      '/until',
      'time_invalid',
      `"${source.until}" is not a valid time`,
      'Use a time such as "18:00", "2026-12-24" or "2026-12-24T18:00".',
    );
  return { kind: 'time', time, zone: source.time_zone ?? null };
}

const MIN_DURATION_MS = 1_000;
const FOR_OR_UNTIL_HINT = 'Set either "for" or "until".';

/** Returns a duration of a step in milliseconds. Reports a duration that is too short or too long. */
export function compileDuration(source: z.infer<typeof durationSource>, key: string, context: CompileContext): number {
  const length = readDuration(source);
  if (length === null)
    context.report(key, 'duration_invalid', 'The duration is shorter than a second or longer than 366 days');
  return length ?? MIN_DURATION_MS;
}
