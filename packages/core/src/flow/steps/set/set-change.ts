import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileValue } from '../../values/compile-value.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { jsonData, variableName } from '../common-fields.ts';

/** Operations on a variable or an attribute. */
export const CHANGE_NAMES = ['set', 'add', 'append', 'remove', 'toggle', 'now', 'random', 'clear'] as const;
export type ChangeName = (typeof CHANGE_NAMES)[number];

/** Their descriptions. They are separate from the names, so that browsers do not need to load them. */
const CHANGE_DESCRIPTIONS: Readonly<Record<ChangeName, string>> = {
  set: 'set it to the value',
  add: 'add the number to it; no value counts as 0',
  append: 'add the value at the end of the list; no value counts as an empty list',
  remove: 'remove all elements that equal the value from the list',
  toggle: 'change true to false, and anything else to true',
  now: 'set it to the current time, as ISO 8601 in UTC',
  random: 'set it to a random whole number from `min` to `max`',
  clear: 'remove its value',
};

/** Types that a value can be converted to. */
export const VALUE_TYPES = ['text', 'number', 'boolean', 'json'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** Fields of a change, except its variable or attribute. */
export const changeFields = {
  do: labeled(z.optional(z.enum(CHANGE_NAMES)), {
    title: 'Do',
    description: `The operation. Default: \`set\`. ${describe()}.`,
  }),
  value: labeled(z.optional(jsonData), {
    title: 'Value',
    description:
      'For `set`, `add`, `append` and `remove`. Texts are templates; ' +
      'a single placeholder (`{{ items }}`) keeps its type.',
  }),
  as: labeled(z.optional(z.enum(VALUE_TYPES)), {
    title: 'As',
    description:
      'The type that the value is converted to: `text`, `number`, `boolean` (`true` or `false`), ' +
      'or `json` (a text is parsed as JSON). The step fails if that is impossible.',
  }),
  min: labeled(z.optional(z.int()), {
    title: 'Minimum',
    description: 'For `random`: the minimum. Default: 1.',
  }),
  max: labeled(z.optional(z.int()), {
    title: 'Maximum',
    description: 'For `random`: the maximum. Default: 100.',
  }),
};

export const setChange = labeled(
  z.strictObject({
    variable: labeled(variableName, { title: 'Variable', description: 'The variable to change.' }),
    ...changeFields,
  }),
  { title: 'Change', description: 'One change of one variable.' },
);

type ChangeSource = Pick<z.infer<typeof setChange>, keyof typeof changeFields>;

/** A compiled change. `name` is the name of the variable or attribute. */
export type CompiledChange =
  | {
      readonly do: 'set' | 'add' | 'append' | 'remove';
      readonly name: string;
      readonly value: CompiledValue;
      readonly as: ValueType | null;
    }
  | { readonly do: 'toggle' | 'now' | 'clear'; readonly name: string }
  | { readonly do: 'random'; readonly name: string; readonly min: number; readonly max: number };

/**
 * Compiles a change.
 *
 * @param known - variables that the step has set before this change
 */
export function compileChange(
  change: ChangeSource,
  name: string,
  key: string,
  known: ReadonlySet<string>,
  context: CompileContext,
): CompiledChange {
  const { min = 1, max = 100 } = change;
  const what = change.do ?? 'set';
  checkFields(change, what, key, context);
  const value =
    change.value === undefined
      ? null
      : compileValue(change.value, `${key}/value`, context, { known, limit: FLOW_LIMITS.template });
  switch (what) {
    case 'toggle':
    case 'now':
    case 'clear':
      return { do: what, name };
    case 'random':
      if (min > max)
        context.report(`${key}/min`, 'min_over_max', `The minimum ${min} is greater than the maximum ${max}`);
      return { do: what, name, min, max: Math.max(min, max) };
    default:
      if (value === null) context.report(`${key}/value`, 'required', '"value" is missing');
      return { do: what, name, value: value ?? { kind: 'constant', value: null }, as: change.as ?? null };
  }
}

const FIELDS: { readonly [Name in ChangeName]: readonly (keyof ChangeSource)[] } = {
  set: ['value', 'as'],
  add: ['value', 'as'],
  append: ['value', 'as'],
  remove: ['value', 'as'],
  toggle: [],
  now: [],
  random: ['min', 'max'],
  clear: [],
};

function checkFields(change: ChangeSource, name: ChangeName, key: string, context: CompileContext): void {
  for (const field of ['value', 'as', 'min', 'max'] as const) {
    if (change[field] === undefined || FIELDS[name].includes(field)) continue;
    context.report(`${key}/${field}`, 'not_for_change', `"${field}" is not allowed with "do": "${name}"`, 'Remove it.');
  }
}

function describe(): string {
  return Object.entries(CHANGE_DESCRIPTIONS)
    .map(([name, meaning]) => `\`${name}\` (${meaning})`)
    .join(', ');
}
