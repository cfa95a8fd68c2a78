import { z } from 'zod';

/** Which page of a list: at most `limit` records (1 to 100, default 50) after `cursor`, the `next` of the page before. */
export const pageInput = z.strictObject({
  cursor: z.string().min(1).max(512).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type PageInput = z.input<typeof pageInput>;
