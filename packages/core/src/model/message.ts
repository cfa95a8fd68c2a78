import { z } from 'zod';
import { integerId, jsonObject, timestamp, uuid } from './values.ts';

export const messageDirection = z.enum(['incoming', 'outgoing']);
export type MessageDirection = z.infer<typeof messageDirection>;

/** Incoming rows are `received`; an outgoing row in `queued` is the outbox. */
export const messageStatus = z.enum(['received', 'queued', 'sent', 'failed']);
export type MessageStatus = z.infer<typeof messageStatus>;

export const message = z.object({
  id: integerId,
  bot_id: uuid,
  /** The person; null where there is none (a channel post). */
  user_id: uuid.nullable(),
  chat_id: integerId.nullable(),
  thread_id: integerId,
  /** What it holds: text, photo, document, callback, …; an update kind where it is stored as it is. */
  type: z.string(),
  direction: messageDirection,
  text: z.string().nullable(),
  file_id: z.string().nullable(),
  /** Path below the mount of the proxied file; never Telegram's URL. */
  file_url: z.string().nullable(),
  flow_id: uuid.nullable(),
  telegram_message_id: integerId.nullable(),
  /** Incoming: the part of the update that is stored as it is. Outgoing: the parameters of the call. */
  payload: jsonObject.nullable(),
  status: messageStatus,
  /** Why it failed, where it did. */
  failure: z.string().nullable(),
  created_at: timestamp,
  sent_at: timestamp.nullable(),
});
export type Message = z.infer<typeof message>;
