import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';
import { durationSource, type DurationSource } from '../time/duration.ts';
import { compileDuration } from './wait/wait-step.ts';

/** The two go together. */
export const timeoutFields = {
  timeout: labeled(z.optional(durationSource), {
    title: 'Timeout',
    description: 'How long it waits at most: `{"hours": 2}` or `PT2H`. Left out, as long as it takes.',
  }),
  on_timeout: labeled(z.optional(z.nullable(z.string())), {
    title: 'On timeout',
    description: 'The id of the step to go to when that time is over; `null` ends the flow.',
  }),
};

/** How long a step waits, in milliseconds, and where it goes then. */
export interface CompiledTimeout {
  readonly after: number;
  readonly next: string | null;
}

interface TimeoutSource {
  readonly timeout?: DurationSource | undefined;
  readonly on_timeout?: string | null | undefined;
}

/** Null when the step waits as long as it takes. */
export function compileTimeout(
  { timeout, on_timeout }: TimeoutSource,
  context: CompileContext,
): CompiledTimeout | null {
  if (timeout === undefined) {
    if (on_timeout !== undefined)
      context.report(
        '/on_timeout',
        'required',
        '"on_timeout" goes with a "timeout"',
        'Say after what time: {"hours": 2}.',
      );
    return null;
  }
  if (on_timeout === undefined)
    context.report(
      '/on_timeout',
      'required',
      '"on_timeout" is missing',
      'Name the step to go to when the time is over; null ends the flow.',
    );
  const next =
    on_timeout === undefined || on_timeout === null ? null : context.stepReference(on_timeout, '/on_timeout');
  return { after: compileDuration(timeout, '/timeout', context), next };
}
