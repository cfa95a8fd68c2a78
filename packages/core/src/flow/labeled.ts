import * as z from 'zod/mini';

/** What forms, documentation and the JSON Schema call a field, and say of it. */
export type Label = z.core.GlobalMeta;

/**
 * A copy of a schema with its title and description.
 *
 * @example
 * const text = labelled(z.string(), { title: 'Text', description: 'What is said. A template.' });
 */
export function labeled<Schema extends z.core.$ZodType>(schema: Schema, label: Label): Schema {
  const copy = z.clone(schema);
  z.globalRegistry.add(copy, label);
  return copy;
}

/** The title and description of a schema; of none, nothing. */
export function labelOf(schema: z.core.$ZodType): Label | undefined {
  return z.globalRegistry.get(schema);
}
