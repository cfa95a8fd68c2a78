import { z } from 'zod';
import { permission } from './principal.ts';
import { timestamp, uuid } from './values.ts';

/** An API key as it is stored: the key itself is shown once and kept as a hash. */
export const apiKey = z.object({
  id: uuid,
  name: z.string(),
  permissions: z.array(permission),
  owner: z.string().nullable(),
  created_at: timestamp,
  expires_at: timestamp.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;
