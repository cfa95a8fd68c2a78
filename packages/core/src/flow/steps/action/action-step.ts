import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileValue } from '../../values/compile-value.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { jsonData, nextStep, onError, stepId } from '../common-fields.ts';
import { compileSavedResult, savedResultFields, type SavedResult } from '../saved-result.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('action'),
    action: labeled(z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.name)), {
      title: 'Action',
      description: 'The name of a step that your code defines (`defineStep`).',
    }),
    input: labeled(z.optional(jsonData), {
      title: 'Input',
      description: 'Input of the action. Texts in it are templates; a single `{{ age }}` keeps its type.',
    }),
    ...savedResultFields,
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Action', description: 'Runs code of your application and continues with its result.' },
);

export type ActionSource = z.infer<typeof schema>;

export interface CompiledAction extends CompiledBase<'action'> {
  readonly action: string;
  readonly input: CompiledValue;
  readonly save: SavedResult;
  readonly next: string | null;
}

export const actionStep = {
  type: 'action',
  summary: 'Runs code of your application and continues with its result.',
  schema,
  compile(source, context): CompiledAction {
    context.markWaiting();
    return {
      kind: 'action',
      id: source.id,
      index: context.index,
      action: source.action,
      input: compileValue(source.input ?? {}, '/input', context),
      save: compileSavedResult(source, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<ActionSource, CompiledAction>;
