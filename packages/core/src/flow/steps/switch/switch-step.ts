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
      description: 'A value, or a list of values. Texts are templates.',
    }),
    next: labeled(z.nullable(z.string()), {
      title: 'Next step',
      description: 'ID of the next step; `null` ends the flow.',
    }),
  }),
  { title: 'Case', description: 'The next step for a value.' },
);

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('switch'),
    value: labeled(jsonData, {
      title: 'Value',
      description: 'The value to compare, usually one placeholder: `{{ plan }}`. A template.',
    }),
    cases: labeled(z.array(switchCase).check(z.minLength(1), z.maxLength(FLOW_LIMITS.branches)), {
      title: 'Cases',
      description: 'Cases in order; the first match is used.',
    }),
    ignore_case: labeled(z.optional(z.boolean()), {
      title: 'Ignore case',
      description: 'If true, the comparison of texts ignores case. Default: false.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Switch', description: 'Continues with the first case that matches a value, else with the next step.' },
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
  summary: 'Continues with the first case that matches a value, else with the next step.',
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
