import * as z from 'zod';
import { integerId, jsonObject, timestamp, uuid } from './values.ts';

export const messageDirection = z.enum(['incoming', 'outgoing']);
export type MessageDirection = z.infer<typeof messageDirection>;

/** Incoming messages are `received`. Outgoing messages are `queued` while they are in the outbox. */
export const messageStatus = z.enum(['received', 'queued', 'sent', 'failed']);
export type MessageStatus = z.infer<typeof messageStatus>;

export const message = z.object({
  id: integerId,
  bot_id: uuid,
  /** Null without a user, for a channel post. */
  user_id: uuid.nullable(),
  chat_id: integerId.nullable(),
  thread_id: integerId,
  /** Type of the content: text, photo, document, callback, …; for other updates, the update kind. */
  type: z.string(),
  direction: messageDirection,
  text: z.string().nullable(),
  file_id: z.string().nullable(),
  /** Path of the proxied file below the mount; never Telegram's URL. */
  file_url: z.string().nullable(),
  flow_id: uuid.nullable(),
  telegram_message_id: integerId.nullable(),
  /** Incoming: the stored part of the update. Outgoing: the parameters of the call. */
  payload: jsonObject.nullable(),
  status: messageStatus,
  /** The reason of a failed message. */
  failure: z.string().nullable(),
  created_at: timestamp,
  sent_at: timestamp.nullable(),
});
export type Message = z.infer<typeof message>;
