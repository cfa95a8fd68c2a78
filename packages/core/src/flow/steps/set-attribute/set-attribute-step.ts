import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { ATTRIBUTE_NAME_PATTERN, USER_LIMITS } from '../../../model/user-data.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { nextStep, onError, stepId } from '../common-fields.ts';
import { changeFields, compileChange, type CompiledChange } from '../set/set-change.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

export const attributeChange = labeled(
  z.strictObject({
    attribute: labeled(z.string().check(z.maxLength(USER_LIMITS.attributeName), z.regex(ATTRIBUTE_NAME_PATTERN)), {
      title: 'Attribute',
      description: 'The attribute to change. Templates read it as `user.attributes.city`.',
    }),
    ...changeFields,
  }),
  { title: 'Change', description: 'One change of one attribute.' },
);

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('set_attribute'),
    changes: labeled(z.array(attributeChange).check(z.minLength(1), z.maxLength(FLOW_LIMITS.branches)), {
      title: 'Changes',
      description:
        'Changes, applied in order; each one sees the results of the earlier ones. If one fails, none is applied.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  {
    title: 'Set attribute',
    description: 'Changes attributes of the user. They are stored permanently, and all flows can read them.',
  },
);

export type SetAttributeSource = z.infer<typeof schema>;

export interface CompiledSetAttribute extends CompiledBase<'set_attribute'> {
  readonly changes: readonly CompiledChange[];
  readonly next: string | null;
}

export const setAttributeStep = {
  type: 'set_attribute',
  summary: 'Changes attributes of the user.',
  schema,
  compile(source, context): CompiledSetAttribute {
    const changes = source.changes.map((change, index) =>
      compileChange(change, change.attribute, `/changes/${index}`, NO_VARIABLES, context),
    );
    return {
      kind: 'set_attribute',
      id: source.id,
      index: context.index,
      changes,
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<SetAttributeSource, CompiledSetAttribute>;

const NO_VARIABLES: ReadonlySet<string> = new Set();
