import { isList, lookUp, type CompiledComparison, type CompiledCondition } from '../../flow/index.ts';
import { DAY_MS, type JsonValue } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import { compare, isSame, type Compared } from './compare.ts';
import { evaluate } from './evaluate.ts';
import { readTime } from './read-time.ts';
import { scopeFor } from './render.ts';

/** True if a condition is met now. If a value is missing or has another type, only negated comparisons are met. */
export function judge(condition: CompiledCondition, run: Run): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => judge(part, run));
    case 'any':
      return condition.of.some((part) => judge(part, run));
    case 'not':
      return !judge(condition.of, run);
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

type Comparison = (given: JsonValue, wanted: JsonValue, how: Compared & { readonly now: number }) => boolean;

/** Comparison per operator: the table does not compile until it has them all. */
const COMPARISONS: { readonly [Op in CompiledComparison['op']]: Comparison } = {
  '=': isSame,
  '!=': (given, wanted, how) => !isSame(given, wanted, how),
  '<': (given, wanted, how) => ordered(given, wanted, how, (order) => order < 0),
  '<=': (given, wanted, how) => ordered(given, wanted, how, (order) => order <= 0),
  '>': (given, wanted, how) => ordered(given, wanted, how, (order) => order > 0),
  '>=': (given, wanted, how) => ordered(given, wanted, how, (order) => order >= 0),
  contains,
  not_contains: (given, wanted, how) => !contains(given, wanted, how),
  starts_with: (given, wanted, how) => inTexts(given, wanted, how, (text, part) => text.startsWith(part)),
  ends_with: (given, wanted, how) => inTexts(given, wanted, how, (text, part) => text.endsWith(part)),
  in: (given, wanted, how) => isList(wanted) && contains(wanted, given, how),
  not_in: (given, wanted, how) => !(isList(wanted) && contains(wanted, given, how)),
  before: (given, wanted, { now }) => inTime(given, wanted, now, (at, other) => at < other),
  after: (given, wanted, { now }) => inTime(given, wanted, now, (at, other) => at > other),
  on: (given, wanted, { now }) =>
    inTime(given, wanted, now, (at, other) => Math.floor(at / DAY_MS) === Math.floor(other / DAY_MS)),
  is_set: (given) => given !== null,
  is_not_set: (given) => given === null,
  is_empty: isEmpty,
  is_not_empty: (given) => !isEmpty(given),
};

function ordered(given: JsonValue, wanted: JsonValue, how: Compared, holds: (order: number) => boolean): boolean {
  const order = compare(given, wanted, how);
  return order !== null && holds(order);
}

function contains(given: JsonValue, wanted: JsonValue, how: Compared): boolean {
  if (isList(given)) return given.some((item) => isSame(item, wanted, how));
  return inTexts(given, wanted, how, (text, part) => text.includes(part));
}

function inTexts(
  given: JsonValue,
  wanted: JsonValue,
  { ignore_case }: Compared,
  holds: (text: string, part: string) => boolean,
): boolean {
  const [text, part] = [textOf(given), textOf(wanted)];
  if (text === null || part === null) return false;
  return ignore_case ? holds(text.toLowerCase(), part.toLowerCase()) : holds(text, part);
}

function textOf(value: JsonValue): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function inTime(
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
