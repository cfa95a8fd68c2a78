import type { Bot, BotSettings } from '../../../model/index.ts';
import { toBoolean, toNumber, toTimestamp } from './values.ts';

export interface BotRow {
  readonly id: string;
  readonly name: string;
  readonly telegram_id: number | string;
  readonly username: string;
  readonly owner: string | null;
  readonly user_count: number | string;
  readonly request_count: number | string;
  readonly is_webhook_set: boolean | number;
  readonly webhook_url: string | null;
  readonly is_active: boolean | number;
  readonly settings: string;
  readonly created_at: number;
  readonly updated_at: number;
}

export function toBot(row: BotRow): Bot {
  return {
    id: row.id,
    name: row.name,
    telegram_id: toNumber(row.telegram_id),
    username: row.username,
    owner: row.owner,
    user_count: toNumber(row.user_count),
    request_count: toNumber(row.request_count),
    is_webhook_set: toBoolean(row.is_webhook_set),
    webhook_url: row.webhook_url,
    is_active: toBoolean(row.is_active),
    // We wrote it, from a BotSettings.
    settings: JSON.parse(row.settings) as BotSettings,
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
  };
}
