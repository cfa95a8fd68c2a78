import { z } from 'zod';
import { integerId, jsonObject, timestamp, uuid } from './values.ts';

/** A person known to one bot. `chat_id` is the person's own id (`from.id`), in groups too. */
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
  /** Path below the mount of the proxied photo; never Telegram's URL. */
  profile_photo: z.string().nullable(),
  is_blocked: z.boolean(),
  is_active: z.boolean(),
  /** In the order in which they were given. */
  tags: z.array(z.string()).readonly(),
  /** What flows and the API keep of the person, by name. */
  attributes: jsonObject,
  first_interaction: timestamp,
  last_interaction: timestamp,
});
export type BotUser = z.infer<typeof botUser>;
