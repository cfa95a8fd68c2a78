import type { z } from 'zod';
import type { Problem } from '../../errors/index.ts';
import { pointer } from '../pointer.ts';
import { schemaProblems } from './schema-problems.ts';

export interface PartParse<Value> {
  /** Null when the part cannot be used. */
  readonly value: Value | null;
  readonly problems: readonly Problem[];
}

/** Parses one part of a document. Unknown keys are problems, but what stands beside them is read all the same. */
export function parsePart<Value>(schema: z.ZodType<Value>, data: unknown, base: string): PartParse<Value> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return { value: parsed.data, problems: [] };
  const problems = schemaProblems(schema, data, parsed.error.issues, base);
  if (!problems.every((problem) => problem.code === 'unknown_key')) return { value: null, problems };
  const known = schema.safeParse(without(data, base, new Set(problems.map((problem) => problem.path))));
  return { value: known.success ? known.data : null, problems };
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
