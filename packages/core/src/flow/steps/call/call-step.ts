import * as z from 'zod/mini';
import { labeled, labels } from '../../../model/index.ts';
import { pointer } from '../../pointer.ts';
import { nextStep, onError, stepId, variableName } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileInputs, flowInputs, flowReference, type CompiledInputs } from './flow-inputs.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('call'),
    flow: flowReference,
    inputs: labeled(z.optional(flowInputs), labels.get(flowInputs) ?? {}),
    outputs: labeled(z.optional(z.record(variableName, variableName)), {
      title: 'Outputs',
      description:
        'Variables of this flow that receive variables of the other flow when it ends: ' +
        '`{"total": "sum"}` sets `total` to its `sum`.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Call', description: 'Runs another flow and continues after it.' },
);

export type CallSource = z.infer<typeof schema>;

export interface CompiledCall extends CompiledBase<'call'> {
  readonly flow: string;
  readonly inputs: CompiledInputs;
  /** Pairs: a variable of this flow, and the variable of the other flow that it receives. */
  readonly outputs: readonly (readonly [string, string])[];
  readonly next: string | null;
}

export const callStep = {
  type: 'call',
  summary: 'Runs another flow and continues after it.',
  schema,
  compile(source, context): CompiledCall {
    // The other flow may wait, so a loop through it is not reported. If it never waits, the step budget stops the loop
    // at run time.
    context.markWaiting();
    return {
      kind: 'call',
      id: source.id,
      index: context.index,
      flow: context.flowReference(source.flow, '/flow'),
      inputs: compileInputs(source.inputs, context),
      outputs: Object.entries(source.outputs ?? {}).map(
        ([name, from]) => [context.declareVariable(name, pointer('/outputs', name)), from] as const,
      ),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<CallSource, CompiledCall>;
