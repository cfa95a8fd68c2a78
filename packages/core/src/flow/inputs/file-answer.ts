import * as z from 'zod/mini';

/** An answer that is a file: the IDs that are needed to send it again, and its caption. */
export const fileAnswer = z.object({
  file_id: z.string(),
  file_unique_id: z.string(),
  caption: z.nullable(z.string()),
});
