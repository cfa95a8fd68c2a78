import * as z from 'zod';
import { CHAT_NAME_PATTERN, MAX_CHAT_NAME_COUNT } from './chat-names.ts';
import { integerId, languageCode, timestamp, timeZone, uuid } from './values.ts';

/** Settings of a bot that its owner can change. Members that are left out have their defaults. */
export const botSettings = z.strictObject({
  /** Maximum number of simultaneous webhook connections, 1 to 100 (`max_connections` of setWebhook). */
  max_connections: z.number().int().min(1).max(100).optional(),
  /** True to read `bio` and `profile_photo` of users from Telegram. */
  read_profiles: z.boolean().optional(),
  /** The time zone of the bot, for users whose own is unknown: `Europe/Berlin`. Default: UTC. */
  time_zone: timeZone.optional(),
  /** The flow that starts when a step without an error branch fails: its ID, its `/command`, or its name. */
  error_flow: z.string().min(1).max(256).optional(),
  /** Other chats of the bot by name, for steps that send messages there: `{"orders": -1001234567890}`. */
  chats: z
    .record(z.string().regex(CHAT_NAME_PATTERN, 'must be a name: letters, digits, spaces, _ and -'), integerId)
    .refine(
      (chats) => Object.keys(chats).length <= MAX_CHAT_NAME_COUNT,
      `must have at most ${MAX_CHAT_NAME_COUNT} chats`,
    )
    .optional(),
  /**
   * The text in an empty chat with the bot, and the same by two-letter language code: `{"de": "…"}`. If it is left out,
   * the text at Telegram does not change.
   */
  description: z.string().min(1).max(512).optional(),
  descriptions: z.record(languageCode, z.string().min(1).max(512)).optional(),
  /** The text in the bot's profile and in previews of links to it, and the same by two-letter language code. */
  short_description: z.string().min(1).max(120).optional(),
  short_descriptions: z.record(languageCode, z.string().min(1).max(120)).optional(),
});
export type BotSettings = z.infer<typeof botSettings>;

/** A bot as the API shows it, without its token and webhook secret. */
export const bot = z.object({
  id: uuid,
  name: z.string(),
  telegram_id: integerId,
  username: z.string(),
  owner: z.string().nullable(),
  user_count: z.number().int(),
  request_count: z.number().int(),
  is_webhook_set: z.boolean(),
  webhook_url: z.string().nullable(),
  is_active: z.boolean(),
  settings: botSettings,
  created_at: timestamp,
  updated_at: timestamp,
});
export type Bot = z.infer<typeof bot>;
