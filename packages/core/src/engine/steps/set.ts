import { FLOW_LIMITS, isList, type CompiledChange } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import { isSame } from '../values/compare.ts';
import { convert } from '../values/convert.ts';
import { evaluate } from '../values/evaluate.ts';
import { dropVariable, keepVariable } from '../keep-variable.ts';
import type { Run } from '../run.ts';
import { toNumber } from '../values/to-number.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const setBehaviour: StepBehaviour<'set'> = {
  enter(step, run) {
    for (const change of step.changes) {
      make(change, run);
      if (run.exhausted !== null) return null;
    }
    return step.next;
  },
};

function make(change: CompiledChange, run: Run): void {
  const { variable } = change;
  const before = Object.hasOwn(run.variables, variable) ? (run.variables[variable] ?? null) : null;
  switch (change.do) {
    case 'clear':
      dropVariable(run, variable);
      return;
    case 'toggle':
      keepVariable(run, variable, before !== true);
      return;
    case 'now':
      keepVariable(run, variable, new Date(run.env.now).toISOString());
      return;
    case 'random':
      keepVariable(run, variable, change.min + Math.floor(run.env.random() * (change.max - change.min + 1)));
      return;
    case 'set':
    case 'add':
    case 'append':
    case 'remove':
      keepVariable(run, variable, WITH_VALUE[change.do](before, valueOf(change, run), variable));
  }
}

type WithValue = Extract<CompiledChange, { readonly value: unknown }>;

function valueOf({ value, as }: WithValue, run: Run): JsonValue {
  const evaluated = evaluate(value, run) ?? null;
  return as === null ? evaluated : convert(evaluated, as);
}

const WITH_VALUE: { readonly [Name in WithValue['do']]: (before: JsonValue, value: JsonValue, variable: string) => JsonValue } = {
  set: (_before, value) => value,
  add(before, value, variable) {
    const [number, more] = [before === null ? 0 : toNumber(before), toNumber(value)];
    if (number === null) throw new Error(`"${variable}" is no number`);
    if (more === null) throw new Error(`what is to be added to "${variable}" is no number`);
    // 0.1 + 0.2 is to be 0.3.
    return Number((number + more).toPrecision(15));
  },
  append(before, value, variable) {
    const list = listOf(before, variable);
    if (list.length >= FLOW_LIMITS.list) throw new Error(`"${variable}" has ${FLOW_LIMITS.list} items already`);
    return [...list, value];
  },
  remove: (before, value, variable) => listOf(before, variable).filter((item) => !isSame(item, value, { ignore_case: false })),
};

function listOf(value: JsonValue, variable: string): readonly JsonValue[] {
  if (value === null) return [];
  if (!isList(value)) throw new Error(`"${variable}" is no list`);
  return value;
}
