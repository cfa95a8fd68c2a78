import type { WaitReason } from '../../../engine/index.ts';
import type { SessionRecord } from '../../../model/index.ts';
import { toNumber, toTimestamp, toTimestampOrNull } from './values.ts';

export interface SessionRow {
  readonly bot_id: string;
  readonly chat_id: number | string;
  readonly thread_id: number | string;
  readonly user_id: number | string;
  readonly step_id: string | null;
  readonly wait_reason: WaitReason | null;
  readonly wait_subject: string | null;
  readonly deadline: number | string | null;
  readonly updated_at: number | string;
  readonly person_id: string | null;
  readonly username: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly flow_id: string | null;
  readonly flow_name: string | null;
  readonly flow_version: number | string | null;
}

export function toSessionRecord(row: SessionRow): SessionRecord {
  const { bot_id, step_id, flow_id, flow_name } = row;
  const [chat_id, thread_id, user_id] = sessionKeyOf(row);
  const user =
    row.person_id === null
      ? null
      : {
          id: row.person_id,
          chat_id: user_id,
          username: row.username,
          first_name: row.first_name ?? '',
          last_name: row.last_name,
        };
  return {
    id: `${chat_id}_${thread_id}_${user_id}`,
    bot_id,
    chat_id,
    thread_id,
    user,
    flow_id,
    flow_name,
    flow_version: row.flow_version === null ? null : toNumber(row.flow_version),
    step_id,
    wait_reason: step_id === null ? null : (row.wait_reason ?? 'person'),
    wait_subject: row.wait_subject,
    deadline: toTimestampOrNull(row.deadline),
    updated_at: toTimestamp(row.updated_at),
  };
}

export type SessionKeyRow = Pick<SessionRow, 'chat_id' | 'thread_id' | 'user_id'>;

/** Returns chat, thread and person, by which lists are ordered. */
export function sessionKeyOf({ chat_id, thread_id, user_id }: SessionKeyRow): [number, number, number] {
  return [toNumber(chat_id), toNumber(thread_id), toNumber(user_id)];
}
