import * as z from 'zod';
import { integerId, timestamp, uuid } from './values.ts';

/** A file of a bot that its flows send, as `upload:{id}` in place of a URL. */
export const upload = z.object({
  id: uuid,
  bot_id: uuid,
  /** The file name that Telegram shows. */
  name: z.string(),
  /** The media type of the request that created it. Botloom does not rely on it when it serves the file. */
  content_type: z.string(),
  /** In bytes. */
  size: integerId,
  /** SHA-256 of the content, in hex. */
  sha256: z.string(),
  created_at: timestamp,
});
export type Upload = z.infer<typeof upload>;
