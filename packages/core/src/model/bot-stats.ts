import * as z from 'zod';
import { timestamp } from './values.ts';

export const webhookHealth = z.object({
  url: z.string(),
  is_ours: z.boolean(),
  pending_update_count: z.number().int(),
  last_error_at: timestamp.nullable(),
  last_error_message: z.string().nullable(),
});
export type WebhookHealth = z.infer<typeof webhookHealth>;

export const botStats = z.object({
  user_count: z.number().int(),
  request_count: z.number().int(),
  active_users: z.object({ day: z.number().int(), week: z.number().int(), month: z.number().int() }),
  messages: z.object({ incoming: z.number().int(), outgoing: z.number().int() }),
  /** Days with messages among the last 30, oldest first. */
  messages_by_day: z.array(z.object({ day: z.iso.date(), incoming: z.number().int(), outgoing: z.number().int() })),
  last_activity: timestamp.nullable(),
  /** Null if Telegram could not be reached; `webhook_error` has the reason. */
  webhook: webhookHealth.nullable(),
  webhook_error: z.string().nullable(),
});
export type BotStats = z.infer<typeof botStats>;
