import type { BotUser } from '../../../model/index.ts';
import { toBoolean, toJsonObject, toNumber, toTimestamp } from './values.ts';

export interface UserRow {
  readonly id: string;
  readonly bot_id: string;
  readonly chat_id: number | string;
  readonly username: string | null;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly language: string | null;
  readonly phone: string | null;
  readonly bio: string | null;
  readonly profile_photo_file_id: string | null;
  readonly is_blocked: boolean | number | null;
  readonly is_active: boolean | number;
  readonly tags: string;
  readonly attributes: string;
  readonly first_interaction: number;
  readonly last_interaction: number;
}

export function toBotUser(row: UserRow): BotUser {
  return {
    id: row.id,
    bot_id: row.bot_id,
    chat_id: toNumber(row.chat_id),
    username: row.username,
    first_name: row.first_name,
    last_name: row.last_name,
    language: row.language,
    phone: row.phone,
    bio: row.bio,
    profile_photo: fileUrl(row.bot_id, row.profile_photo_file_id),
    is_blocked: toBoolean(row.is_blocked ?? false),
    is_active: toBoolean(row.is_active),
    tags: toTags(row.tags),
    attributes: toJsonObject(row.attributes),
    first_interaction: toTimestamp(row.first_interaction),
    last_interaction: toTimestamp(row.last_interaction),
  };
}

/** Of a column that only ever holds lists of texts. */
export function toTags(text: string): readonly string[] {
  // We wrote it; most people have none.
  return text === '[]' ? NO_TAGS : (JSON.parse(text) as string[]);
}

export const NO_TAGS: readonly string[] = Object.freeze([]);

/** Path below the mount at which a file of a bot is proxied; null for no file. */
export function fileUrl(bot_id: string, file_id: string | null): string | null {
  return file_id === null ? null : `/api/bots/${bot_id}/files/${encodeURIComponent(file_id)}`;
}
