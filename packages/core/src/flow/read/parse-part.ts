import * as z from 'zod/mini';
import type { FlowProblem } from '../flow-problem.ts';
import { parseStrictObject } from './parse-strict-object.ts';
import { schemaProblems } from './schema-problems.ts';

export interface PartParse<Value> {
  /** Null when the part cannot be read; otherwise without what is wrong in it, so that the rest of it can be looked at. */
  readonly value: Value | null;
  readonly problems: readonly FlowProblem[];
  /** Pointers to what something else stands for in the value, since it could not be left out: nothing is to be said of these places any more. */
  readonly placeholders: ReadonlySet<string>;
  /** Nothing was left out but unknown keys: the value may be used, not only looked at. */
  readonly is_sound: boolean;
}

/** Tried one after the other in place of what is wrong: nothing, then whatever the schema takes there. */
const PLACEHOLDERS: readonly unknown[] = [undefined, 'x', 1, {}, true, [], [{}]];
/** Within what stands in, something may have to stand in; where nothing can, something stands for what is around it. */
const MAX_ROUND_COUNT = 16;
/** Of a part with more problems only what can be left out is: a document must not be slow to check. */
const MAX_PLACEHOLDER_PROBLEM_COUNT = 100;
const NONE: ReadonlySet<string> = new Set();

/** Parses one part of a document. What is wrong in it is no reason not to read the rest. */
export function parsePart<Value>(schema: z.core.$ZodType<Value>, data: unknown, base: string): PartParse<Value> {
  const plain = parseStrictObject(schema, data);
  if (plain !== null) return { value: plain.value as Value, problems: [], placeholders: NONE, is_sound: true }; // field by field what the schema makes of it
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

/** Whether a pointer leads to one of these places or into it. */
export function isAtOrBelow(places: ReadonlySet<string>, path: string): boolean {
  if (places.size === 0) return false;
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (places.has(path.slice(0, end))) return true;
  return false;
}

/** The value without what is wrong; `chosen` are indexes of what stands in, by pointer. */
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

/** A copy of the data with what was chosen for these pointers. */
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
    // Defined, not assigned: no name may reach a prototype. A list keeps its length: what is said of its other items has their places.
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
    : undefined; // hasOwn says so
}
