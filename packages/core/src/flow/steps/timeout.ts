import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';
import { durationSource, type DurationSource } from '../time/duration.ts';
import { compileDuration } from './wait/wait-step.ts';

/** Both fields are required together. */
export const timeoutFields = {
  timeout: labeled(z.optional(durationSource), {
    title: 'Timeout',
    description: 'Maximum wait, such as `{"hours": 2}` or `PT2H`. Default: no limit.',
  }),
  on_timeout: labeled(z.optional(z.nullable(z.string())), {
    title: 'On timeout',
    description: 'ID of the next step after the timeout; `null` ends the flow.',
  }),
};

/** Maximum wait of a step in milliseconds, and the next step after it. */
export interface CompiledTimeout {
  readonly after: number;
  readonly next: string | null;
}

interface TimeoutSource {
  readonly timeout?: DurationSource | undefined;
  readonly on_timeout?: string | null | undefined;
}

/** Returns null if the step waits without a limit. */
export function compileTimeout(
  { timeout, on_timeout }: TimeoutSource,
  context: CompileContext,
): CompiledTimeout | null {
  if (timeout === undefined) {
    if (on_timeout !== undefined)
      context.report(
        '/on_timeout',
        'required',
        '"timeout" is missing',
        '"on_timeout" needs a "timeout", such as {"hours": 2}.',
      );
    return null;
  }
  if (on_timeout === undefined)
    context.report(
      '/on_timeout',
      'required',
      '"on_timeout" is missing',
      'Set it to the ID of the next step after the timeout; null ends the flow.',
    );
  const next =
    on_timeout === undefined || on_timeout === null ? null : context.stepReference(on_timeout, '/on_timeout');
  return { after: compileDuration(timeout, '/timeout', context), next };
}
