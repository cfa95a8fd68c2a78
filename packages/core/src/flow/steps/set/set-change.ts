import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileValue } from '../../values/compile-value.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { jsonData, variableName } from '../common-fields.ts';

/** What can be done to a variable or an attribute. */
export const CHANGE_NAMES = ['set', 'add', 'append', 'remove', 'toggle', 'now', 'random', 'clear'] as const;
export type ChangeName = (typeof CHANGE_NAMES)[number];

/** The words for it; apart from the names, so that browsers need not load them. */
const CHANGE_DESCRIPTIONS: Readonly<Record<ChangeName, string>> = {
  set: 'it gets the value',
  add: 'the number is added to it; nothing counts as 0',
  append: 'the value becomes the last element of the list; nothing counts as an empty list',
  remove: 'the elements that are the value leave the list',
  toggle: 'true becomes false, anything else true',
  now: 'it gets the time, as ISO-8601 in UTC',
  random: 'it gets a whole number from `min` to `max`',
  clear: 'it has no value any more',
};

/** What a value is made into. */
export const VALUE_TYPES = ['text', 'number', 'boolean', 'json'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** What a change says besides what it changes. */
export const changeFields = {
  do: labeled(z.optional(z.enum(CHANGE_NAMES)), {
    title: 'Do',
    description: `The operation. Default: \`set\`. ${describe()}.`,
  }),
  value: labeled(z.optional(jsonData), {
    title: 'Value',
    description:
      'For `set`, `add`, `append` and `remove`. Texts are templates; a single placeholder (`{{ items }}`) keeps its type.',
  }),
  as: labeled(z.optional(z.enum(VALUE_TYPES)), {
    title: 'As',
    description:
      'The type that the value is converted to: `text`, `number`, `boolean` (`true` or `false`), or `json` (a text is read as JSON). The step fails if that is impossible.',
  }),
  min: labeled(z.optional(z.int()), {
    title: 'Least',
    description: 'For `random`: the minimum. Default: 1.',
  }),
  max: labeled(z.optional(z.int()), {
    title: 'Most',
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

/** `name` is that of the variable or attribute. */
export type CompiledChange =
  | {
      readonly do: 'set' | 'add' | 'append' | 'remove';
      readonly name: string;
      readonly value: CompiledValue;
      readonly as: ValueType | null;
    }
  | { readonly do: 'toggle' | 'now' | 'clear'; readonly name: string }
  | { readonly do: 'random'; readonly name: string; readonly min: number; readonly max: number };

/** `known` are the variables that the step has set before this change. */
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
      if (min > max) context.report(`${key}/min`, 'min_over_max', `No number is at least ${min} and at most ${max}`);
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
    context.report(`${key}/${field}`, 'not_for_change', `"${field}" does not go with "do": "${name}"`, 'Leave it out.');
  }
}

function describe(): string {
  return Object.entries(CHANGE_DESCRIPTIONS)
    .map(([name, meaning]) => `\`${name}\` (${meaning})`)
    .join(', ');
}
