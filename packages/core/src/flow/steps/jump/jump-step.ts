import * as z from 'zod/mini';
import { labeled, labels } from '../../../model/index.ts';
import { compileInputs, flowInputs, flowReference, type CompiledInputs } from '../call/flow-inputs.ts';
import { onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('jump'),
    step: labeled(z.optional(z.string()), { title: 'Step', description: 'ID of the next step, in this flow.' }),
    flow: labeled(z.optional(flowReference), labels.get(flowReference) ?? {}),
    inputs: labeled(z.optional(flowInputs), labels.get(flowInputs) ?? {}),
    on_error: onError,
  }),
  { title: 'Jump', description: 'Continues with a step, or with another flow without returning.' },
);

export type JumpSource = z.infer<typeof schema>;

export interface CompiledJump extends CompiledBase<'jump'> {
  readonly to:
    | { readonly kind: 'step'; readonly id: string }
    | { readonly kind: 'flow'; readonly reference: string; readonly inputs: CompiledInputs }
    | { readonly kind: 'end' };
}

export const jumpStep = {
  type: 'jump',
  summary: 'Continues with a step, or with another flow without returning.',
  schema,
  compile(source, context): CompiledJump {
    const base = { kind: 'jump', id: source.id, index: context.index } as const;
    const { step, flow, inputs } = source;
    if ((step === undefined) === (flow === undefined))
      context.report(
        '',
        'jump_target',
        `The jump has ${step === undefined ? 'neither "step" nor' : 'both "step" and'} "flow"`,
        'Set exactly one of the two.',
      );
    if (flow === undefined && inputs !== undefined)
      context.report(
        '/inputs',
        'jump_target',
        '"inputs" are only allowed with "flow"',
        'Use a "set" step before this one.',
      );
    if (step !== undefined) return { ...base, to: { kind: 'step', id: context.stepReference(step, '/step') } };
    if (flow === undefined) return { ...base, to: { kind: 'end' } };
    return {
      ...base,
      to: { kind: 'flow', reference: context.flowReference(flow, '/flow'), inputs: compileInputs(inputs, context) },
    };
  },
} satisfies StepKind<JumpSource, CompiledJump>;
