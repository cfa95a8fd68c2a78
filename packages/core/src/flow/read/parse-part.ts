import type { FlowProblem } from '../flow-problem.ts';
import * as z from 'zod/mini';
import { pointer } from '../pointer.ts';
import { parseStrictObject } from './parse-strict-object.ts';
import { schemaProblems } from './schema-problems.ts';

export interface PartParse<Value> {
  /** Null when the part cannot be read; otherwise without what is wrong in it, so that the rest of it can be looked at. */
  readonly value: Value | null;
  readonly problems: readonly FlowProblem[];
  /** Nothing was left out but unknown keys: the value may be used, not only looked at. */
  readonly is_sound: boolean;
}

/** Parses one part of a document. What can be left out of it is no reason not to read the rest. */
export function parsePart<Value>(schema: z.core.$ZodType<Value>, data: unknown, base: string): PartParse<Value> {
  const plain = parseStrictObject(schema, data);
  if (plain !== null) return { value: plain.value as Value, problems: [], is_sound: true }; // field by field what the schema makes of it
  const parsed = z.safeParse(schema, data);
  if (parsed.success) return { value: parsed.data, problems: [], is_sound: true };
  const problems = schemaProblems(schema, data, parsed.error.issues, base);
  const rest = z.safeParse(schema, without(data, base, new Set(problems.map((problem) => problem.path))));
  const is_sound = rest.success && problems.every((problem) => problem.code === 'unknown_key');
  return { value: rest.success ? rest.data : null, problems, is_sound };
}

/** A copy of the data without the members at these pointers. */
function without(data: unknown, path: string, pointers: ReadonlySet<string>): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map((item: unknown, index) => without(item, `${path}/${index}`, pointers));
  return Object.fromEntries(
    Object.entries(data)
      .map(([key, value]) => [key, pointer(path, key), value] as const)
      .filter(([, at]) => !pointers.has(at))
      .map(([key, at, value]) => [key, without(value, at, pointers)]),
  );
}
