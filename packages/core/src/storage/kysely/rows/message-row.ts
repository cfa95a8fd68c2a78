import type { Message } from '../../../model/index.ts';
import { fileUrl } from './user-row.ts';
import { toJsonObjectOrNull, toNumber, toNumberOrNull, toTimestamp, toTimestampOrNull } from './values.ts';

export interface MessageRow {
  readonly id: number | string;
  readonly bot_id: string;
  readonly user_id: string | null;
  readonly chat_id: number | string | null;
  readonly thread_id: number | string;
  readonly type: string;
  readonly direction: Message['direction'];
  readonly text: string | null;
  readonly file_id: string | null;
  readonly flow_id: string | null;
  readonly telegram_message_id: number | string | null;
  readonly payload: string | null;
  readonly status: Message['status'];
  readonly failure: string | null;
  readonly created_at: number;
  readonly sent_at: number | null;
}

export function toMessage(row: MessageRow): Message {
  return {
    id: toNumber(row.id),
    bot_id: row.bot_id,
    user_id: row.user_id,
    chat_id: toNumberOrNull(row.chat_id),
    thread_id: toNumber(row.thread_id),
    type: row.type,
    direction: row.direction,
    text: row.text,
    file_id: row.file_id,
    file_url: fileUrl(row.bot_id, row.file_id),
    flow_id: row.flow_id,
    telegram_message_id: toNumberOrNull(row.telegram_message_id),
    payload: toJsonObjectOrNull(row.payload),
    status: row.status,
    failure: row.failure,
    created_at: toTimestamp(row.created_at),
    sent_at: toTimestampOrNull(row.sent_at),
  };
}
