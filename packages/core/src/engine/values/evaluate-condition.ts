import { isList, lookUp, type CompiledComparison, type CompiledCondition } from '../../flow/index.ts';
import { DAY_MS, type JsonValue } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import { compare, isEqual, type CompareOptions } from './compare.ts';
import { evaluate } from './evaluate.ts';
import { readTime } from './read-time.ts';
import { scopeFor } from './render.ts';

/** True if a condition is met now. If a value is missing or has another type, only negated comparisons are met. */
export function evaluateCondition(condition: CompiledCondition, run: Run): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => evaluateCondition(part, run));
    case 'any':
      return condition.of.some((part) => evaluateCondition(part, run));
    case 'not':
      return !evaluateCondition(condition.of, run);
    case 'pattern': {
      const value = lookUp(condition.path, scopeFor(run));
      const isFound = (typeof value === 'string' || typeof value === 'number') && condition.pattern.test(String(value));
      return isFound !== condition.negated;
    }
    case 'compare': {
      const given = lookUp(condition.path, scopeFor(run)) ?? null;
      const wanted = condition.value === null ? null : (evaluate(condition.value, run) ?? null);
      return COMPARISONS[condition.op](given, wanted, { ignore_case: condition.ignore_case, now: run.env.now });
    }
  }
}

type Comparison = (given: JsonValue, wanted: JsonValue, how: CompareOptions & { readonly now: number }) => boolean;

/** Comparison per operator: the table does not compile until it has them all. */
const COMPARISONS: { readonly [Op in CompiledComparison['op']]: Comparison } = {
  '=': isEqual,
  '!=': (given, wanted, how) => !isEqual(given, wanted, how),
  '<': (given, wanted, how) => compareOrdered(given, wanted, how, (order) => order < 0),
  '<=': (given, wanted, how) => compareOrdered(given, wanted, how, (order) => order <= 0),
  '>': (given, wanted, how) => compareOrdered(given, wanted, how, (order) => order > 0),
  '>=': (given, wanted, how) => compareOrdered(given, wanted, how, (order) => order >= 0),
  contains,
  not_contains: (given, wanted, how) => !contains(given, wanted, how),
  starts_with: (given, wanted, how) => compareTexts(given, wanted, how, (text, part) => text.startsWith(part)),
  ends_with: (given, wanted, how) => compareTexts(given, wanted, how, (text, part) => text.endsWith(part)),
  in: (given, wanted, how) => isList(wanted) && contains(wanted, given, how),
  not_in: (given, wanted, how) => !(isList(wanted) && contains(wanted, given, how)),
  before: (given, wanted, { now }) => compareTimes(given, wanted, now, (at, other) => at < other),
  after: (given, wanted, { now }) => compareTimes(given, wanted, now, (at, other) => at > other),
  on: (given, wanted, { now }) =>
    compareTimes(given, wanted, now, (at, other) => Math.floor(at / DAY_MS) === Math.floor(other / DAY_MS)),
  is_set: (given) => given !== null,
  is_not_set: (given) => given === null,
  is_empty: isEmpty,
  is_not_empty: (given) => !isEmpty(given),
};

function compareOrdered(
  given: JsonValue,
  wanted: JsonValue,
  how: CompareOptions,
  holds: (order: number) => boolean,
): boolean {
  const order = compare(given, wanted, how);
  return order !== null && holds(order);
}

function contains(given: JsonValue, wanted: JsonValue, how: CompareOptions): boolean {
  if (isList(given)) return given.some((item) => isEqual(item, wanted, how));
  return compareTexts(given, wanted, how, (text, part) => text.includes(part));
}

function compareTexts(
  given: JsonValue,
  wanted: JsonValue,
  { ignore_case }: CompareOptions,
  holds: (text: string, part: string) => boolean,
): boolean {
  const [text, part] = [textOf(given), textOf(wanted)];
  if (text === null || part === null) return false;
  return ignore_case ? holds(text.toLowerCase(), part.toLowerCase()) : holds(text, part);
}

function textOf(value: JsonValue): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function compareTimes(
  given: JsonValue,
  wanted: JsonValue,
  now: number,
  holds: (at: number, other: number) => boolean,
): boolean {
  const [at, other] = [readTime(given, now), readTime(wanted, now)];
  return at !== null && other !== null && holds(at, other);
}

function isEmpty(value: JsonValue): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
