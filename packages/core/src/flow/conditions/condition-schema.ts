import * as z from 'zod/mini';
import { labeled, type JsonValue } from '../../model/index.ts';
import { jsonData } from '../steps/common-fields.ts';

/** Operators of a comparison. */
export const OPERATOR_NAMES = [
  ...(['=', '!=', '<', '<=', '>', '>='] as const),
  ...(['contains', 'not_contains', 'starts_with', 'ends_with', 'in', 'not_in', 'matches', 'not_matches'] as const),
  ...(['before', 'after', 'on', 'is_set', 'is_not_set', 'is_empty', 'is_not_empty'] as const),
] as const;
export type Operator = (typeof OPERATOR_NAMES)[number];

/** Descriptions of the operators. */
export const OPERATORS: Readonly<Record<Operator, string>> = {
  '=': 'is equal',
  '!=': 'is not equal',
  '<': 'is less',
  '<=': 'is less or equal',
  '>': 'is greater',
  '>=': 'is greater or equal',
  contains: 'a text contains this text, or a list this element',
  not_contains: 'the opposite of `contains`',
  starts_with: 'a text starts with this',
  ends_with: 'a text ends with this',
  in: 'is one of a list',
  not_in: 'is not one of a list',
  matches: 'a part of a text matches a pattern (RE2)',
  not_matches: 'the opposite of `matches`',
  before: 'a date or time is before this one',
  after: 'a date or time is after this one',
  on: 'is on the same day (UTC)',
  is_set: 'has a value',
  is_not_set: 'has no value',
  is_empty: 'has no value, or an empty text or list',
  is_not_empty: 'the opposite of `is_empty`',
};

/**
 * A comparison (`var`, `op`, `value`) or a group (`all`, `any` or `not`). Both have the same type, so that problems
 * name the field.
 */
export interface ConditionSource {
  readonly all?: readonly ConditionSource[] | undefined;
  readonly any?: readonly ConditionSource[] | undefined;
  readonly not?: ConditionSource | undefined;
  readonly var?: string | undefined;
  readonly op?: Operator | undefined;
  readonly value?: JsonValue | undefined;
  readonly ignore_case?: boolean | undefined;
}

const group = (): z.core.$ZodType<readonly ConditionSource[]> =>
  z.array(z.lazy(() => conditionSchema)).check(z.minLength(1));

export const conditionShape = {
  all: labeled(z.optional(group()), { title: 'All', description: 'Conditions that must all be true.' }),
  any: labeled(z.optional(group()), { title: 'Any', description: 'Conditions of which at least one must be true.' }),
  not: labeled(z.optional(z.lazy(() => conditionSchema)), {
    title: 'Not',
    description: 'A condition that must be false.',
  }),
  var: labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(256))), {
    title: 'Variable',
    description:
      'The value to compare: a variable (`age`), a member (`user.language`), an element (`items.0`) ' +
      'or a size (`items.size`).',
  }),
  op: labeled(z.optional(z.enum(OPERATOR_NAMES)), { title: 'Operator', description: 'The comparison.' }),
  value: labeled(z.optional(jsonData), {
    title: 'Value',
    description:
      'The value to compare with. Texts are templates. For `in`: a list. For dates: ISO 8601, `now` or `today`.',
  }),
  ignore_case: labeled(z.optional(z.boolean()), {
    title: 'Ignore case',
    description: 'If true, the comparison of texts ignores case. Default: false.',
  }),
};

/** A condition of a document. Its depth, its size and its combination of fields are checked when it is compiled. */
export const conditionSchema: z.core.$ZodType<ConditionSource> = labeled(z.strictObject(conditionShape), {
  id: 'Condition',
  title: 'Condition',
  description: 'A comparison, or a group of conditions.',
});
