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
      description: 'A comparison, or a group of conditions.',
    }),
    then: labeled(z.optional(z.nullable(z.string())), {
      title: 'Then',
      description:
        'ID of the next step if the condition is true; `null` ends the flow. ' +
        'Default: the next step in the list. Required with `version: 1`.',
    }),
    else: labeled(z.optional(z.nullable(z.string())), {
      title: 'Else',
      description:
        'ID of the next step if the condition is false; `null` ends the flow. ' +
        'Default: the next step in the list. Required with `version: 1`.',
    }),
    on_error: onError,
  }),
  { title: 'Condition', description: 'Continues with one of two steps, depending on a condition.' },
);

export type ConditionStepSource = z.infer<typeof schema>;

export interface CompiledConditionStep extends CompiledBase<'condition'> {
  readonly if: CompiledCondition;
  readonly then: string | null;
  readonly else: string | null;
}

export const conditionStep = {
  type: 'condition',
  summary: 'Continues with one of two steps, depending on a condition.',
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
