import { z } from 'zod';

/** A page of a list: up to `limit` records (1 to 100, default 50) after `cursor`, the `next` of the previous page. */
export const pageInput = z.strictObject({
  cursor: z.string().min(1).max(512).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type PageInput = z.input<typeof pageInput>;
