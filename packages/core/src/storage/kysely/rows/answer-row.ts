import type { Answer, JsonValue } from '../../../model/index.ts';
import { toNumber, toTimestamp } from './values.ts';

export interface AnswerRow {
  readonly id: number | string;
  readonly bot_id: string;
  readonly user_id: string | null;
  readonly chat_id: number | string;
  readonly thread_id: number | string;
  readonly flow_id: string;
  readonly flow_version_id: number | string;
  readonly step_id: string;
  readonly variable: string;
  readonly value: string;
  readonly created_at: number;
}

export function toAnswer(row: AnswerRow): Answer {
  return {
    id: toNumber(row.id),
    bot_id: row.bot_id,
    user_id: row.user_id,
    chat_id: toNumber(row.chat_id),
    thread_id: toNumber(row.thread_id),
    flow_id: row.flow_id,
    flow_version_id: toNumber(row.flow_version_id),
    step_id: row.step_id,
    variable: row.variable,
    // We wrote it: JSON.parse of what JSON.stringify made of a JsonValue.
    value: JSON.parse(row.value) as JsonValue,
    created_at: toTimestamp(row.created_at),
  };
}
