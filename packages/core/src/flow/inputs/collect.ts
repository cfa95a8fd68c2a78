import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';
import { durationSource, readDuration } from '../time/duration.ts';

/**
 * A field of the inputs that users often answer with several messages. All of them share this object, so that the
 * merged fields of the question contain it once.
 */
export const collectField = labeled(
  z.optional(
    z.strictObject({
      silence: labeled(z.optional(durationSource), {
        title: 'Silence',
        description:
          'The answer is complete after this time without a message: `{"seconds": 5}` or `PT5S`. ' +
          'From one second to one minute. Default: 3 seconds.',
      }),
      max: labeled(z.optional(z.int().check(z.gte(2), z.lte(50))), {
        title: 'Maximum',
        description:
          'Number of messages after which the answer is complete. Default: 20. An album counts as one message.',
      }),
    }),
  ),
  {
    title: 'Collect',
    description:
      'Combines messages that arrive shortly after one another into one answer: ' +
      'texts as lines, everything else as a list.',
  },
);

export interface CompiledCollect {
  /** In milliseconds. */
  readonly silence: number;
  readonly max: number;
}

const DEFAULT_SILENCE_MS = 3_000;
const MAX_SILENCE_MS = 60_000;

export function compileCollect(
  { silence, max = 20 }: NonNullable<z.infer<typeof collectField>>,
  context: CompileContext,
): CompiledCollect {
  const length = silence === undefined ? DEFAULT_SILENCE_MS : readDuration(silence);
  const isValid = length !== null && length <= MAX_SILENCE_MS;
  if (!isValid)
    context.report('/collect/silence', 'duration_invalid', 'The silence must be between one second and one minute');
  return { silence: isValid ? length : DEFAULT_SILENCE_MS, max };
}
