import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

/** Things that an `end` step can end. */
export const END_NAMES = ['round', 'loop', 'flow', 'all'] as const;
export type EndName = (typeof END_NAMES)[number];

/** Their descriptions. They are separate from the names, so that browsers do not need to load them. */
export const END_DESCRIPTIONS: Readonly<Record<EndName, string>> = {
  round: 'the current round of the loop, like `null`; the next round starts',
  loop: 'the innermost loop; its next step runs',
  flow: 'the flow with all its loops; a flow that called it continues',
  all: 'the flow and all flows that called it',
};

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('end'),
    ends: labeled(z.optional(z.enum(END_NAMES)), {
      title: 'Ends',
      description: `What ends. Default: \`flow\`. ${Object.entries(END_DESCRIPTIONS)
        .map(([name, meaning]) => `\`${name}\` (${meaning})`)
        .join(', ')}.`,
    }),
    on_error: onError,
  }),
  { title: 'End', description: 'Ends the flow, or the loop that the step is in.' },
);

export type EndSource = z.infer<typeof schema>;

export interface CompiledEnd extends CompiledBase<'end'> {
  readonly ends: EndName;
}

export const endStep = {
  type: 'end',
  summary: 'Ends the flow, or the loop that the step is in.',
  schema,
  compile: ({ id, ends }, { index }): CompiledEnd => ({ kind: 'end', id, index, ends: ends ?? 'flow' }),
} satisfies StepKind<EndSource, CompiledEnd>;
