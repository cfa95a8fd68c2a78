import * as z from 'zod';
import { jsonObject, timestamp, uuid } from './values.ts';

/** A conversation of a bot in its current version. Changing `flow_data` publishes a new, immutable version. */
export const flow = z.object({
  id: uuid,
  bot_id: uuid,
  name: z.string(),
  flow_data: jsonObject,
  /** Without the slash: `start`. */
  trigger_command: z.string().nullable(),
  is_default: z.boolean(),
  is_active: z.boolean(),
  /** Number of the current version. Every change of `flow_data` increments it. */
  version: z.number().int(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Flow = z.infer<typeof flow>;
