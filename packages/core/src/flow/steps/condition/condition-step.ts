import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { compileCondition } from '../../conditions/compile-condition.ts';
import type { CompiledCondition } from '../../conditions/compiled-condition.ts';
import { conditionSchema } from '../../conditions/condition-schema.ts';
import { onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('condition'),
    if: labeled(conditionSchema, {
      title: 'Condition',
      description: 'What is asked: a comparison, or a group of conditions.',
    }),
    then: labeled(z.optional(z.nullable(z.string())), {
      title: 'Then',
      description:
        'The id of the step to go to when the condition holds; `null` ends the flow. Left out: the following step in the list.',
    }),
    else: labeled(z.optional(z.nullable(z.string())), {
      title: 'Else',
      description:
        'The id of the step to go to when it does not hold; `null` ends the flow. Left out: the following step in the list.',
    }),
    on_error: onError,
  }),
  { title: 'Condition', description: 'Goes one way or the other.' },
);

export type ConditionStepSource = z.infer<typeof schema>;

export interface CompiledConditionStep extends CompiledBase<'condition'> {
  readonly if: CompiledCondition;
  readonly then: string | null;
  readonly else: string | null;
}

export const conditionStep = {
  type: 'condition',
  summary: 'Goes one way or the other.',
  schema,
  compile: (source, context): CompiledConditionStep => ({
    kind: 'condition',
    id: source.id,
    index: context.index,
    if: compileCondition(source.if, '/if', context),
    then: context.next(source.then, '/then'),
    else: context.next(source.else, '/else'),
  }),
} satisfies StepKind<ConditionStepSource, CompiledConditionStep>;
