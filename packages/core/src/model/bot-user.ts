import * as z from 'zod';
import { integerId, jsonObject, timestamp, uuid } from './values.ts';

/** A person known to one bot. `chat_id` is the person's own ID (`from.id`), also in groups. */
export const botUser = z.object({
  id: uuid,
  bot_id: uuid,
  chat_id: integerId,
  username: z.string().nullable(),
  first_name: z.string(),
  last_name: z.string().nullable(),
  language: z.string().nullable(),
  phone: z.string().nullable(),
  bio: z.string().nullable(),
  /** Path of the proxied photo below the mount; never Telegram's URL. */
  profile_photo: z.string().nullable(),
  is_blocked: z.boolean(),
  is_active: z.boolean(),
  /** In the order in which they were added. */
  tags: z.array(z.string()).readonly(),
  /** Values that flows and the API store for the user, by name. */
  attributes: jsonObject,
  first_interaction: timestamp,
  last_interaction: timestamp,
});
export type BotUser = z.infer<typeof botUser>;
