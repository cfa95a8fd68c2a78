import type { OutboxItem } from '../../outbox-store.ts';
import { toJsonObject } from './values.ts';

/** A row of the outbox as both databases give it, column by column. */
export type OutboxColumns = readonly [
  source: OutboxItem['source'],
  id: number | string,
  position: number | string,
  bot_id: string,
  user_id: string | null,
  chat_id: number | string,
  thread_id: number | string,
  method: string,
  payload: string | null,
  delivery: OutboxItem['delivery'],
  expires_at: number | string,
  is_attempted: number | string,
];

export function toOutboxItem(row: OutboxColumns): OutboxItem {
  const [
    source,
    id,
    position,
    bot_id,
    user_id,
    chat_id,
    thread_id,
    method,
    payload,
    delivery,
    expires_at,
    is_attempted,
  ] = row;
  return {
    source,
    id: Number(id),
    position: Number(position),
    bot_id,
    user_id,
    chat_id: Number(chat_id),
    thread_id: Number(thread_id),
    method,
    payload: payload === null ? {} : toJsonObject(payload),
    delivery,
    expires_at: Number(expires_at),
    was_attempted: Number(is_attempted) === 1,
  };
}
