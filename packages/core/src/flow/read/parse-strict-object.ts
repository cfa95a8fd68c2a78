import * as z from 'zod/mini';

type Outcome = { readonly value: unknown } | null;

interface Field {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  /** The field can be missing, and is then missing in the result too. */
  readonly isOptional: boolean;
}

/** The fields of a schema; null if it is not a plain strict object. */
type Plan = { readonly fields: readonly Field[]; readonly names: ReadonlySet<string> } | null;

const parsePlans = new WeakMap<z.core.$ZodType, Plan>();

/**
 * Returns the result of `z.safeParse` for a valid object, without visiting the fields that are missing: a step has a
 * handful of the 50 fields that it can have. Returns null if the object is not valid or the schema is not a plain strict
 * object; the caller then uses the schema itself.
 */
export function parseStrictObject(schema: z.core.$ZodType, data: unknown): Outcome {
  const plan = planOf(schema);
  if (plan === null || typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const source = data as Readonly<Record<string, unknown>>; // checked above
  for (const name of Object.keys(source)) if (!plan.names.has(name)) return null;
  const value: Record<string, unknown> = {};
  for (const field of plan.fields) {
    if (Object.hasOwn(source, field.name)) {
      const parsed = z.safeParse(field.schema, source[field.name]);
      if (!parsed.success) return null;
      value[field.name] = parsed.data;
    } else if (!field.isOptional) return null;
  }
  return { value };
}

function planOf(schema: z.core.$ZodType): Plan {
  let plan = parsePlans.get(schema);
  if (plan === undefined) parsePlans.set(schema, (plan = makePlan(schema)));
  return plan;
}

function makePlan(schema: z.core.$ZodType): Plan {
  if (
    !(schema instanceof z.ZodMiniObject) ||
    !(schema.def.catchall instanceof z.ZodMiniNever) ||
    (schema.def.checks?.length ?? 0) > 0
  )
    return null;
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const fields = Object.entries(shape).map(([name, field]) => ({ name, schema: field, isOptional: isOptional(field) }));
  return { fields, names: new Set(Object.keys(shape)) };
}

function isOptional(schema: z.core.$ZodType): boolean {
  if (!(schema instanceof z.ZodMiniOptional)) return false;
  const parsed = z.safeParse(schema, undefined);
  return parsed.success && parsed.data === undefined;
}
