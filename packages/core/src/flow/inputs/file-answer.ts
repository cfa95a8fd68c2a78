import * as z from 'zod/mini';

/** What an answer is that came as a file: what it takes to send it again, and what was written below it. */
export const fileAnswer = z.object({
  file_id: z.string(),
  file_unique_id: z.string(),
  caption: z.nullable(z.string()),
});
