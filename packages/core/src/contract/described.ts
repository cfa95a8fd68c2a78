import type { z } from 'zod';
import { labeled } from '../model/index.ts';

/**
 * Returns a copy of a schema with its description in the OpenAPI document. Used instead of `schema.describe()`, which
 * writes into zod's global registry.
 */
export function described<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return labeled(schema, { description });
}
