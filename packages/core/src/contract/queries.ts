import { z } from 'zod';
import type { Page } from '../model/index.ts';
import { described } from './described.ts';

/** Returns the query schema of a list: the fields of keyset pages, and its own filters. */
export function listQuery<Filters extends z.ZodRawShape>(
  filters: Filters,
): z.ZodObject<typeof pageFields & Filters, z.core.$strict> {
  return z.strictObject({ ...pageFields, ...filters });
}

/** Returns the schema of one page of records. */
export function pageOf<Item>(item: z.ZodType<Item>): z.ZodType<Page<Item>> {
  return z.object({
    items: z.array(item),
    next: described(z.string().nullable(), 'Cursor of the next page; null on the last page.'),
  });
}

/** A boolean in a query: the text `true` or `false`. */
export const booleanQuery = z.enum(['true', 'false']).transform((text) => text === 'true');

const pageFields = {
  limit: described(
    z
      .string()
      .regex(/^[0-9]{1,3}$/, 'must be a whole number from 1 to 100')
      .default('50')
      .transform(Number)
      .refine((limit) => limit >= 1 && limit <= 100, 'must be a whole number from 1 to 100'),
    'Maximum number of records, 1 to 100.',
  ),
  cursor: described(z.string().min(1).max(512).optional(), '`next` of the previous page.'),
};
