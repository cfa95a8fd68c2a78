import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

export const randomBranch = labeled(
  z.strictObject({
    weight: labeled(z.optional(z.number().check(z.positive(), z.lte(1_000_000))), {
      title: 'Weight',
      description: 'Relative weight of the branch. Default: 1.',
    }),
    next: labeled(z.nullable(z.string()), {
      title: 'Next step',
      description: 'ID of the next step; `null` ends the flow.',
    }),
  }),
  { title: 'Branch', description: 'One of the branches.' },
);

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('random'),
    branches: labeled(z.array(randomBranch).check(z.minLength(2), z.maxLength(FLOW_LIMITS.branches)), {
      title: 'Branches',
      description: 'The branches, one of which is selected.',
    }),
    sticky: labeled(z.optional(z.boolean()), {
      title: 'Sticky',
      description:
        'If true, a user always gets the same branch here, for A/B tests. Default: a new selection on each visit.',
    }),
    on_error: onError,
  }),
  { title: 'Random', description: 'Continues with one of several branches at random.' },
);

export type RandomSource = z.infer<typeof schema>;

export interface CompiledRandom extends CompiledBase<'random'> {
  /** `upto`: the sum of the weights up to and including this branch, divided by the sum of all weights. */
  readonly branches: readonly { readonly upto: number; readonly next: string | null }[];
  readonly sticky: boolean;
}

export const randomStep = {
  type: 'random',
  summary: 'Continues with one of several branches at random.',
  schema,
  compile(source, context): CompiledRandom {
    const total = source.branches.reduce((sum, { weight = 1 }) => sum + weight, 0);
    let upto = 0;
    return {
      kind: 'random',
      id: source.id,
      index: context.index,
      branches: source.branches.map(({ weight = 1, next }, index) => {
        upto += weight / total;
        return { upto, next: next === null ? null : context.stepReference(next, `/branches/${index}/next`) };
      }),
      sticky: source.sticky ?? false,
    };
  },
} satisfies StepKind<RandomSource, CompiledRandom>;
