import { z } from 'zod';
import { integerId, timestamp, uuid } from './values.ts';

/** A file of a bot, which its flows send: `upload:{id}` in place of an address. */
export const upload = z.object({
  id: uuid,
  bot_id: uuid,
  /** As Telegram shows it. */
  name: z.string(),
  /** As it was given; nothing is shown by it. */
  content_type: z.string(),
  /** Bytes. */
  size: integerId,
  /** Of the bytes, in hex. */
  sha256: z.string(),
  created_at: timestamp,
});
export type Upload = z.infer<typeof upload>;
