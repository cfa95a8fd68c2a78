import { z } from 'zod';
import { CHAT_NAME, MOST_CHAT_NAMES } from './chat-names.ts';
import { integerId, languageCode, timestamp, timeZone, uuid } from './values.ts';

/** Settings of a bot that its owner may change; absent members mean the default. */
export const botSettings = z.strictObject({
  /** Simultaneous webhook connections Telegram may open, 1-100 (setWebhook `max_connections`). */
  max_connections: z.number().int().min(1).max(100).optional(),
  /** Whether `bio` and `profile_photo` of people are read from Telegram. */
  read_profiles: z.boolean().optional(),
  /** Where the bot's times are meant, for people whose own zone is not known: `Europe/Berlin`. Default UTC. */
  time_zone: timeZone.optional(),
  /** The flow that starts when a step fails that has no error branch: its id, its `/command`, or its name. */
  error_flow: z.string().min(1).max(256).optional(),
  /** Other chats of the bot by name, for steps that write there: `{"orders": -1001234567890}`. */
  chats: z
    .record(z.string().regex(CHAT_NAME, 'must be a name: letters, digits, spaces, _ and -'), integerId)
    .refine((chats) => Object.keys(chats).length <= MOST_CHAT_NAMES, `must be ${MOST_CHAT_NAMES} chats at most`)
    .optional(),
  /** What an empty chat with the bot shows, and the same in other languages, by two letters: `{"de": "…"}`. Left out, Telegram keeps what it has. */
  description: z.string().min(1).max(512).optional(),
  descriptions: z.record(languageCode, z.string().min(1).max(512)).optional(),
  /** What the bot's profile shows and what is sent along with a link to it, and the same in other languages. */
  short_description: z.string().min(1).max(120).optional(),
  short_descriptions: z.record(languageCode, z.string().min(1).max(120)).optional(),
});
export type BotSettings = z.infer<typeof botSettings>;

/** A bot as the API shows it. Its token and webhook secret are never part of it. */
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
