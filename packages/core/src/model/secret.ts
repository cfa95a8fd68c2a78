import * as z from 'zod';
import { SECRET_NAME_PATTERN } from './secret-name.ts';
import { timestamp } from './values.ts';

/** A secret of a bot as the API shows it: never its value. */
export const secret = z.object({
  name: z.string().regex(SECRET_NAME_PATTERN),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Secret = z.infer<typeof secret>;
