import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

/** What can come to its end. */
export const END_NAMES = ['round', 'loop', 'flow', 'all'] as const;
export type EndName = (typeof END_NAMES)[number];

/** The words for each; apart from the names, so that browsers need not load them. */
export const END_DESCRIPTIONS: Readonly<Record<EndName, string>> = {
  round: 'the round of the loop, as `null` does; the next one begins',
  loop: 'the innermost loop; its next step follows',
  flow: 'the flow, loops and all; a flow that called it goes on',
  all: 'everything, also the flows that called',
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
  { title: 'End', description: 'Ends the flow, or the loop it is in.' },
);

export type EndSource = z.infer<typeof schema>;

export interface CompiledEnd extends CompiledBase<'end'> {
  readonly ends: EndName;
}

export const endStep = {
  type: 'end',
  summary: 'Ends the flow, or the loop it is in.',
  schema,
  compile: ({ id, ends }, { index }): CompiledEnd => ({ kind: 'end', id, index, ends: ends ?? 'flow' }),
} satisfies StepKind<EndSource, CompiledEnd>;
