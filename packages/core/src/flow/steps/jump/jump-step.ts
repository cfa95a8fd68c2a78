import * as z from 'zod/mini';
import { labeled, labels } from '../../../model/index.ts';
import { compileInputs, flowInputs, flowReference, type CompiledInputs } from '../call/flow-inputs.ts';
import { onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('jump'),
    step: labeled(z.optional(z.string()), { title: 'Step', description: 'The id of a step of this flow to go to.' }),
    flow: labeled(z.optional(flowReference), labels.get(flowReference) ?? {}),
    inputs: labeled(z.optional(flowInputs), labels.get(flowInputs) ?? {}),
    on_error: onError,
  }),
  { title: 'Jump', description: 'Goes to a step, or to another flow without coming back.' },
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
  summary: 'Goes to a step, or to another flow without coming back.',
  schema,
  compile(source, context): CompiledJump {
    const base = { kind: 'jump', id: source.id, index: context.index } as const;
    const { step, flow, inputs } = source;
    if ((step === undefined) === (flow === undefined))
      context.report(
        '',
        'jump_target',
        `The jump has ${step === undefined ? 'neither "step" nor' : 'both "step" and'} "flow"`,
        'Give it one of the two.',
      );
    if (flow === undefined && inputs !== undefined)
      context.report('/inputs', 'jump_target', '"inputs" are for another flow', 'Use a "set" step before it.');
    if (step !== undefined) return { ...base, to: { kind: 'step', id: context.stepReference(step, '/step') } };
    if (flow === undefined) return { ...base, to: { kind: 'end' } };
    return {
      ...base,
      to: { kind: 'flow', reference: context.flowReference(flow, '/flow'), inputs: compileInputs(inputs, context) },
    };
  },
} satisfies StepKind<JumpSource, CompiledJump>;
