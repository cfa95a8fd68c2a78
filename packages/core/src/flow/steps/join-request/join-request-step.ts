import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { nextStep, onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const SUMMARY = 'Approves or declines the request of a user to join the group or channel.';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('join_request'),
    decision: labeled(z.enum(['approve', 'decline']), {
      title: 'Decision',
      description:
        'The decision about the join request that started the flow. ' +
        'The bot must be an administrator that can invite users.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Join request', description: SUMMARY },
);

export type JoinRequestSource = z.infer<typeof schema>;

export interface CompiledJoinRequest extends CompiledBase<'join_request'> {
  readonly decision: JoinRequestSource['decision'];
  readonly next: string | null;
}

export const joinRequestStep = {
  type: 'join_request',
  summary: SUMMARY,
  schema,
  compile: ({ id, decision, next }, context): CompiledJoinRequest => ({
    kind: 'join_request',
    id,
    index: context.index,
    decision,
    next: context.next(next, '/next'),
  }),
} satisfies StepKind<JoinRequestSource, CompiledJoinRequest>;
