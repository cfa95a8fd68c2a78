import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';
import { durationSource, readDuration } from '../time/duration.ts';

/** Of the inputs that people answer with several messages. One object, so that it is the same field of each. */
export const collectField = labeled(
  z.optional(
    z.strictObject({
      silence: labeled(z.optional(durationSource), {
        title: 'Silence',
        description:
          'The answer is complete when nothing has come for so long: `{"seconds": 5}` or `PT5S`. From one second to a minute, 3 seconds when left out.',
      }),
      max: labeled(z.optional(z.int().check(z.gte(2), z.lte(50))), {
        title: 'Most',
        description: 'After so many messages the answer is complete, 20 when left out. An album counts as one.',
      }),
    }),
  ),
  {
    title: 'Collect',
    description:
      'Takes several messages that come soon after one another as one answer: texts, each on a line of its own; of all else a list.',
  },
);

export interface CompiledCollect {
  /** Milliseconds. */
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
    context.report(
      '/collect/silence',
      'duration_invalid',
      'The silence is shorter than a second or longer than a minute',
    );
  return { silence: isValid ? length : DEFAULT_SILENCE_MS, max };
}
