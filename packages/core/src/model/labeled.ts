import { clone, registry, type $ZodType, type GlobalMeta } from 'zod/v4/core';

/** Title and description of a schema, for forms, documentation and JSON Schema. */
export type Label = GlobalMeta;

/**
 * Labels of Botloom's schemas. A separate registry: zod's global registry is shared by every copy of zod in the
 * process, so an ID in it can break a host that exports that registry. Pass it as `metadata` to `toJSONSchema`.
 */
export const labels = registry<Label>();

/**
 * Returns a copy of a schema with a title and a description.
 *
 * @example
 * const text = labeled(z.string(), { title: 'Text', description: 'Text of the message. A template.' });
 */
export function labeled<Schema extends $ZodType>(schema: Schema, label: Label): Schema {
  const copy = clone(schema);
  labels.add(copy, label);
  return copy;
}
