import { z } from 'zod';
import type { Page } from '../model/index.ts';

/** Query of a list in keyset pages, with the filters it has besides. */
export function listQuery<Filters extends z.ZodRawShape>(
  filters: Filters,
): z.ZodObject<typeof paging & Filters, z.core.$strict> {
  return z.strictObject({ ...paging, ...filters });
}

/** One page of records. */
export function pageOf<Item>(item: z.ZodType<Item>): z.ZodType<Page<Item>> {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Cursor of the next page; null on the last.'),
  });
}

/** `true` or `false`, as text. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const paging = {
  limit: z
    .string()
    .regex(/^[0-9]{1,3}$/, 'must be a whole number from 1 to 100')
    .default('50')
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 100, 'must be a whole number from 1 to 100')
    .describe('How many records at most, 1 to 100.'),
  cursor: z.string().min(1).max(512).optional().describe('`next` of the page before.'),
};
