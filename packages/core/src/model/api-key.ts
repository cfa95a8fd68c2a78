import * as z from 'zod';
import { permission } from './principal.ts';
import { timestamp, uuid } from './values.ts';

/** The record of an API key. The key itself is shown once; only its hash is stored. */
export const apiKey = z.object({
  id: uuid,
  name: z.string(),
  permissions: z.array(permission),
  owner: z.string().nullable(),
  created_at: timestamp,
  expires_at: timestamp.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;
