import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileValue } from '../../values/compile-value.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { jsonData, nextStep, onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

export const switchCase = labeled(
  z.strictObject({
    is: labeled(jsonData, {
      title: 'Is',
      description: 'The value, or a list of values one of which it must be. Texts are templates.',
    }),
    next: labeled(z.nullable(z.string()), {
      title: 'Next step',
      description: 'The id of the step to go to; `null` ends the flow.',
    }),
  }),
  { title: 'Case', description: 'Where to go when the value is this one.' },
);

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('switch'),
    value: labeled(jsonData, {
      title: 'Value',
      description: 'What is compared, mostly one place: `{{ plan }}`. A template.',
    }),
    cases: labeled(z.array(switchCase).check(z.minLength(1), z.maxLength(FLOW_LIMITS.branches)), {
      title: 'Cases',
      description: 'Looked at in their order; the first that fits is taken.',
    }),
    ignore_case: labeled(z.optional(z.boolean()), {
      title: 'Ignore case',
      description: 'Whether capital and small letters of texts are the same; they are not when left out.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Switch', description: 'Goes where the case leads that fits a value; else to the next step.' },
);

export type SwitchSource = z.infer<typeof schema>;

export interface CompiledSwitch extends CompiledBase<'switch'> {
  readonly value: CompiledValue;
  readonly cases: readonly { readonly is: CompiledValue; readonly next: string | null }[];
  readonly ignore_case: boolean;
  readonly next: string | null;
}

export const switchStep = {
  type: 'switch',
  summary: 'Goes where the case leads that fits a value; else to the next step.',
  schema,
  compile: (source, context): CompiledSwitch => ({
    kind: 'switch',
    id: source.id,
    index: context.index,
    value: compileValue(source.value, '/value', context),
    cases: source.cases.map(({ is, next }, index) => ({
      is: compileValue(is, `/cases/${index}/is`, context),
      next: next === null ? null : context.stepReference(next, `/cases/${index}/next`),
    })),
    ignore_case: source.ignore_case ?? false,
    next: context.next(source.next, '/next'),
  }),
} satisfies StepKind<SwitchSource, CompiledSwitch>;
