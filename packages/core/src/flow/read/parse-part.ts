import * as z from 'zod/mini';
import type { FlowProblem } from '../flow-problem.ts';
import { parseStrictObject } from './parse-strict-object.ts';
import { schemaProblems } from './schema-problems.ts';

export interface PartParse<Value> {
  /** Null if the part cannot be read. Otherwise the invalid fields are removed or replaced by placeholders. */
  readonly value: Value | null;
  readonly problems: readonly FlowProblem[];
  /** Pointers to the placeholders in the value. Further problems at these places must not be reported. */
  readonly placeholders: ReadonlySet<string>;
  /** True if nothing but unknown keys was removed. Then a flow may run with the value. */
  readonly is_sound: boolean;
}

/**
 * Values that are tried one after another in place of an invalid value, so that the rest of the part can be checked in
 * the same run: first none (the field is removed), then one of each JSON type, until the schema accepts one. The value
 * is a guess by trial: it only has to satisfy the schema, its meaning is never checked (see `placeholders`), and a flow
 * with one never runs (see `is_sound`).
 */
const PLACEHOLDERS: readonly unknown[] = [undefined, 'x', 1, {}, true, [], [{}]];
/** A placeholder can need placeholders itself. If none fits, the value around it is replaced. Both take rounds. */
const MAX_ROUND_COUNT = 16;
/** A part with more problems gets one round: invalid fields are only removed. This bounds the time of a check. */
const MAX_PLACEHOLDER_PROBLEM_COUNT = 100;
const NONE: ReadonlySet<string> = new Set();

/**
 * Parses one part of a document. An invalid field does not hide the problems of the other fields: it is removed, or
 * replaced by a placeholder if the schema requires it.
 *
 * @param base - pointer to the part within the document
 */
export function parsePart<Value>(schema: z.core.$ZodType<Value>, data: unknown, base: string): PartParse<Value> {
  const plain = parseStrictObject(schema, data);
  if (plain !== null) return { value: plain.value as Value, problems: [], placeholders: NONE, is_sound: true };
  const parsed = z.safeParse(schema, data);
  if (parsed.success) return { value: parsed.data, problems: [], placeholders: NONE, is_sound: true };
  const problems = schemaProblems(schema, data, parsed.error.issues, base);
  const { value, chosen } = parseWithPlaceholders(schema, data, base, problems);
  const is_sound = value !== null && problems.every((problem) => problem.code === 'unknown_key');
  return {
    value,
    problems,
    placeholders: new Set([...chosen].flatMap(([path, choice]) => (choice > 0 ? [path] : []))),
    is_sound,
  };
}

/** Returns true if the pointer leads to one of these places or into one. */
export function isAtOrBelow(places: ReadonlySet<string>, path: string): boolean {
  if (places.size === 0) return false;
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (places.has(path.slice(0, end))) return true;
  return false;
}

/** Returns the value without its invalid fields. `chosen` are indexes of `PLACEHOLDERS` by pointer. */
function parseWithPlaceholders<Value>(
  schema: z.core.$ZodType<Value>,
  data: unknown,
  base: string,
  problems: readonly FlowProblem[],
): { readonly value: Value | null; readonly chosen: ReadonlyMap<string, number> } {
  const chosen = new Map<string, number>();
  let wrong = problems;
  const rounds = problems.length > MAX_PLACEHOLDER_PROBLEM_COUNT ? 1 : MAX_ROUND_COUNT;
  for (let round = 0; round < rounds; round += 1) {
    const places = new Set(wrong.map((problem) => problem.path));
    for (const path of places) {
      const choice = Math.min((chosen.get(path) ?? -1) + 1, PLACEHOLDERS.length);
      chosen.set(path, choice);
      if (choice === PLACEHOLDERS.length) places.add(path.slice(0, path.lastIndexOf('/')));
    }
    if (places.has(base)) break;
    const copy = withPlaceholders(data, base, chosen);
    const rest = z.safeParse(schema, copy);
    if (rest.success) return { value: rest.data, chosen };
    wrong = schemaProblems(schema, copy, rest.error.issues, base);
  }
  return { value: null, chosen: new Map() };
}

/** Returns a copy of the data with the chosen placeholders. */
function withPlaceholders(data: unknown, base: string, chosen: ReadonlyMap<string, number>): unknown {
  const copy = deepCopy(data);
  for (const [path, choice] of chosen) {
    const keys = path
      .slice(base.length + 1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const name = keys.pop() ?? '';
    const holder = keys.reduce(memberOf, copy);
    if (typeof holder !== 'object' || holder === null) continue;
    const value = PLACEHOLDERS[choice];
    // Defined, not assigned, so that no name reaches a prototype. A list keeps its length, so that the pointers to its
    // other items stay right.
    if (value === undefined && !Array.isArray(holder)) Reflect.deleteProperty(holder, name);
    else
      Object.defineProperty(holder, name, {
        value: deepCopy(value),
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
  return copy;
}

function deepCopy(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(deepCopy);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, deepCopy(value)]));
}

function memberOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
    ? (holder as Readonly<Record<string, unknown>>)[key]
    : undefined; // `hasOwn` has checked it
}
