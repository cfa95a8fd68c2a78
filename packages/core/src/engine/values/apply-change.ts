import { FLOW_LIMITS, isList, type CompiledChange } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import { isEqual } from './compare.ts';
import { convert } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { toNumber } from './to-number.ts';

/**
 * Returns the new value after a change; `undefined`: it is deleted.
 *
 * @throws Error - when the change does not fit the value
 */
export function applyChange(before: JsonValue, change: CompiledChange, run: Run): JsonValue | undefined {
  switch (change.do) {
    case 'clear':
      return undefined;
    case 'toggle':
      return before !== true;
    case 'now':
      return new Date(run.env.now).toISOString();
    case 'random':
      return change.min + Math.floor(run.env.random() * (change.max - change.min + 1));
    case 'set':
    case 'add':
    case 'append':
    case 'remove':
      return VALUE_OPERATIONS[change.do](before, valueOf(change, run), change.name);
  }
}

type ChangeWithValue = Extract<CompiledChange, { readonly value: unknown }>;

function valueOf({ value, as }: ChangeWithValue, run: Run): JsonValue {
  const evaluated = evaluate(value, run) ?? null;
  return as === null ? evaluated : convert(evaluated, as);
}

const VALUE_OPERATIONS: {
  readonly [Name in ChangeWithValue['do']]: (before: JsonValue, value: JsonValue, name: string) => JsonValue;
} = {
  set: (_before, value) => value,
  add(before, value, name) {
    const [number, more] = [before === null ? 0 : toNumber(before), toNumber(value)];
    if (number === null) throw new Error(`"${name}" is not a number`);
    if (more === null) throw new Error(`the value to add to "${name}" is not a number`);
    // Makes 0.1 + 0.2 equal 0.3.
    return Number((number + more).toPrecision(15));
  },
  append(before, value, name) {
    const list = listOf(before, name);
    if (list.length >= FLOW_LIMITS.list)
      throw new Error(`"${name}" already has ${FLOW_LIMITS.list} items, the maximum`);
    return [...list, value];
  },
  remove: (before, value, name) => listOf(before, name).filter((item) => !isEqual(item, value, { ignore_case: false })),
};

function listOf(value: JsonValue, name: string): readonly JsonValue[] {
  if (value === null) return [];
  // A transcript contains this wording, and transcripts are never edited.
  if (!isList(value)) throw new Error(`"${name}" is no list`);
  return value;
}
