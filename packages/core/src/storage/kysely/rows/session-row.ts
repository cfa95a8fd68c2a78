import type { Session, Wait } from '../../../engine/index.ts';
import type { JsonObject, JsonValue, SessionRecord, WaitReasonName } from '../../../model/index.ts';
import { toNumber, toTimestamp, toTimestampOrNull } from './values.ts';

/**
 * Why a session waits, for the column that lists find it by; null for one that waits for the person only. Who is to be helped by a human is found also while a
 * command has interrupted that, as the `wait` of a `SessionRow` is.
 */
export function waitReasonOf({ state: { wait, interrupted } }: Session): string | null {
  return reasonIn(memberOf(memberOf(interrupted, 'state'), 'wait')) === 'handover' ? 'handover' : reasonIn(wait);
}

function reasonIn(wait: JsonValue | undefined): string | null {
  const reason = memberOf(wait, 'reason');
  return typeof reason === 'string' ? reason : null;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  // `Array.isArray` does not know read-only arrays.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined;
}

export interface SessionRow {
  readonly bot_id: string;
  readonly chat_id: number | string;
  readonly thread_id: number | string;
  readonly user_id: number | string;
  readonly step_id: string | null;
  /** The member `wait` of the state, or that of an interrupted handover, as JSON. */
  readonly wait: string | null;
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
  // Written by the engine.
  const wait = row.wait === null ? null : (JSON.parse(row.wait) as Wait | null);
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
    wait_reason: step_id === null ? null : reasonOf(wait),
    wait_subject: wait?.subject ?? null,
    deadline: toTimestampOrNull(wait?.deadline ?? null),
    updated_at: toTimestamp(row.updated_at),
  };
}

/** Chat, thread and person: what the rows are in order of. */
export function sessionKeyOf({
  chat_id,
  thread_id,
  user_id,
}: Pick<SessionRow, 'chat_id' | 'thread_id' | 'user_id'>): [number, number, number] {
  return [toNumber(chat_id), toNumber(thread_id), toNumber(user_id)];
}

function reasonOf(wait: Wait | null): WaitReasonName {
  return wait?.reason ?? 'person';
}
