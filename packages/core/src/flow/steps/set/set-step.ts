import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { nextStep, onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileChange, setChange, type CompiledChange } from './set-change.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('set'),
    changes: labeled(z.array(setChange).check(z.minLength(1), z.maxLength(FLOW_LIMITS.branches)), {
      title: 'Changes',
      description: 'Changes, applied in order; each one sees the results of the earlier ones.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Set', description: 'Changes variables.' },
);

export type SetSource = z.infer<typeof schema>;

export interface CompiledSet extends CompiledBase<'set'> {
  readonly changes: readonly CompiledChange[];
  readonly next: string | null;
}

export const setStep = {
  type: 'set',
  summary: 'Changes variables.',
  schema,
  compile(source, context): CompiledSet {
    const known = new Set<string>();
    const changes = source.changes.map((change, index) => {
      const compiled = compileChange(change, change.variable, `/changes/${index}`, new Set(known), context);
      context.declareVariable(change.variable, `/changes/${index}/variable`);
      known.add(change.variable);
      return compiled;
    });
    return { kind: 'set', id: source.id, index: context.index, changes, next: context.next(source.next, '/next') };
  },
} satisfies StepKind<SetSource, CompiledSet>;
